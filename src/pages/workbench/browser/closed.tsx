import { Registration } from './registration.tsx';
import type { Signing } from './signing.ts';

/** The service tells its services to registered clients only, and this browser is none yet. */
export function Closed({ signing }: { readonly signing: Signing | undefined }) {
  return (
    <section class="panel" aria-labelledby="closed-heading">
      <h2 id="closed-heading">This browser is not registered</h2>
      <p>The service answers registered clients only.</p>
      {signing ? <Registration signing={signing} /> : <p>Browsers sign calls on https and on loopback only.</p>}
    </section>
  );
}
