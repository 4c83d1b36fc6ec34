/**
 * Medplum's core reads `WebSocket` while it loads, and Node 20 has none. This module must be evaluated before it.
 * The stand-in is never opened: the sandbox makes no outbound connection.
 */
const scope: { WebSocket?: unknown } = globalThis;

scope.WebSocket ??= class {};
