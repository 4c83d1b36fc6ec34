/** A day as it is written everywhere in the service: YYYY-MM-DD, UTC. */
export function dayText(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
