// What is shown when the page cannot start, or breaks.
import type { ReactNode } from "react";

/** A sentence and a way out. */
export function StartFailed(): ReactNode {
  return (
    <main className="start-failed">
      <h1>The page could not start</h1>
      <p>Its services did not answer. Look whether “npm run web” is still running.</p>
      <button type="button" className="button" onClick={() => location.reload()}>
        Try again
      </button>
    </main>
  );
}
