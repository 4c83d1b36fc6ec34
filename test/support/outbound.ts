import nock from 'nock';
import './network.ts';

type Seen = { readonly host?: string; readonly path?: string };

/**
 * Notes every request that leaves this machine and that no mock expected. After each test there must have been none,
 * and no mock may be left over.
 */
export function watchOutbound(): void {
  const unexpected: string[] = [];
  const note = ({ host, path }: Seen) => {
    if (!/^(127\.0\.0\.1|localhost)(:|$)/.test(host ?? '')) unexpected.push(`${host}${path}`);
  };

  beforeEach(() => {
    unexpected.length = 0;
    nock.emitter.on('no match', note);
  });

  afterEach(() => {
    nock.emitter.off('no match', note);
    const unused = nock.pendingMocks();
    nock.abortPendingRequests();
    nock.cleanAll();
    expect({ unexpected, unused }).toEqual({ unexpected: [], unused: [] });
  });
}
