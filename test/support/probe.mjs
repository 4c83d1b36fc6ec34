/**
 * Loaded into a service before its own code (`node --expose-gc --import`). It changes nothing but the day, which is
 * that of PROBE_NOW at the start, and says on demand what the process holds once everything unreachable is gone.
 */
const shift = process.env.PROBE_NOW ? Date.parse(process.env.PROBE_NOW) - Date.now() : 0;
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...parts) {
    super(...(parts.length === 0 ? [RealDate.now() + shift] : parts));
  }

  static now() {
    return RealDate.now() + shift;
  }
};

const warnings = [];
process.on('warning', ({ name, message }) => warnings.push(`${name}: ${message}`));

process.on('message', async (message) => {
  if (message !== 'measure') return;
  for (let round = 0; round < 3; round += 1) {
    globalThis.gc();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  const sockets = process.getActiveResourcesInfo().filter((kind) => /TCPSocketWrap|TLSWrap/.test(kind)).length;
  process.send({ heapUsed, external, rss, cpuMs: (user + system) / 1000, sockets, warnings });
});
// The service ends when it wants to, also while somebody may ask.
process.channel?.unref();
