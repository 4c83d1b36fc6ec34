/** Leaves out every test that is not named by one of the requirements of this run. */
const { requirements } = globalThis;
const names = (title) =>
  requirements.some((id) => new RegExp(`^(?:[A-Z]\\d{1,2}, )*${id}(?:, [A-Z]\\d{1,2})*: `).test(title));
const every = globalThis.it;
const only = (title, ...more) => (names(title) ? every : every.skip)(title, ...more);
only.each =
  (...table) =>
  (title, ...more) =>
    (names(title) ? every.each : every.skip.each)(...table)(title, ...more);
globalThis.it = only;
