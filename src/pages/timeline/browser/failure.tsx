/** What there is when nothing can be drawn: what happened, and what can be done. */
export function Failure({ title, reason }: { readonly title: string; readonly reason: string }) {
  return (
    <div class="state">
      <h1>Liver timeline</h1>
      <div class="notice notice-critical" role="alert">
        <h2>{title}</h2>
        <p>{reason}</p>
      </div>
      <p>
        <button type="button" class="button" onClick={() => location.reload()}>
          Try again
        </button>
      </p>
    </div>
  );
}
