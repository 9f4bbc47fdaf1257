// What is shown when the page cannot start, or breaks.
import type { ReactNode } from "react";
import { WORDS } from "./words.ts";

/** A sentence and a way out. */
export function StartFailed(): ReactNode {
  return (
    <main className="start-failed">
      <h1>{WORDS.page.startFailed}</h1>
      <p>{WORDS.page.startFailedHelp}</p>
      <button type="button" className="button" onClick={() => location.reload()}>
        {WORDS.page.retry}
      </button>
    </main>
  );
}
