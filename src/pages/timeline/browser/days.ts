const dayMs = 86_400_000;

/** Where everything of the day of a time is drawn: one under the other, whatever o'clock it was. */
export function noonOf(time: number): number {
  return Math.floor(time / dayMs) * dayMs + dayMs / 2;
}

/** The day of a time on the chart, as the service prints it: YYYY-MM-DD, by the clock of those who recorded. */
export function dayText(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
