/** The day of a time on the chart, as the service prints it: YYYY-MM-DD, by the clock of those who recorded. */
export function dayText(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
