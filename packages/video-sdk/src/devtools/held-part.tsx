// What holds credits or a slot now, and the two calls that settle what is left.
import { useState, type ReactElement } from "react";
import type { VideoEngine } from "../compose-engine.ts";
import type { GenerationSnapshot } from "../core/snapshot.ts";
import { messageOf } from "./in-words.ts";

interface Props {
  readonly engine: VideoEngine;
  readonly generations: readonly GenerationSnapshot[];
}

/** Those that run and hold credits, and those that have ended unsettled. */
export function HeldPart({ engine, generations }: Props): ReactElement {
  const [answer, setAnswer] = useState("");
  const held = generations.filter(({ settlement }) => settlement === "held" || settlement === "unknown");
  const open = engine.unresolved().filter(({ id }) => !held.some((one) => one.id === id));
  const all = [...held, ...open];
  const total = held.reduce((sum, { credits }) => sum + credits, 0);
  const call = (run: () => Promise<readonly unknown[]>, done: string): void => {
    run().then(
      (found) => setAnswer(`${found.length} ${done}`),
      (thrown: unknown) => setAnswer(messageOf(thrown)),
    );
  };
  return (
    <>
      <p>{all.length === 0 ? "Nothing holds credits." : `${total} credits are held, or may be.`}</p>
      <ul>
        {all.map(({ id, model, phase, credits, settlement, openSlot }) => (
          <li key={id}>
            <b>{settlement}</b> {credits} credits · {model} · {phase}
            {openSlot === undefined ? "" : ` · slot: ${openSlot}`} <small>{id}</small>
          </li>
        ))}
      </ul>
      <button type="button" onClick={() => call(engine.resume, "resumed")}>
        Resume
      </button>
      <button type="button" onClick={() => call(engine.reconcile, "resolved")}>
        Reconcile
      </button>
      <p role="status">{answer}</p>
    </>
  );
}
