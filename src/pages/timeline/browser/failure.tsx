export interface FailureProps {
  readonly title: string;
  readonly reason: string;
  /** Whether the same may go well another time. */
  readonly mayPass: boolean;
}

/** What there is when nothing can be drawn: what happened, and what can be done. */
export function Failure({ title, reason, mayPass }: FailureProps) {
  return (
    <div class="state">
      <h1>Liver timeline</h1>
      <div class="notice notice-critical" role="alert">
        <h2>{title}</h2>
        <p>{reason}</p>
      </div>
      {mayPass && (
        <p>
          <button type="button" class="again" onClick={() => location.reload()}>
            Try again
          </button>
        </p>
      )}
    </div>
  );
}
