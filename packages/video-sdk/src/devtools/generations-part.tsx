// Every generation of the engine, newest first: where it is, what it costs, and how long each phase took.
import type { ReactElement } from "react";
import type { VideoEngine } from "../compose-engine.ts";
import type { GenerationSnapshot } from "../core/snapshot.ts";
import type { LoggedEvent } from "./devtools-log.ts";
import { inSeconds, timeOf } from "./in-words.ts";
import { phasesOf } from "./phases-of.ts";

interface Props {
  readonly engine: VideoEngine;
  readonly generations: readonly GenerationSnapshot[];
  readonly events: readonly LoggedEvent[];
}

/** The list. Each opens to its details. */
export function GenerationsPart({ engine, generations, events }: Props): ReactElement {
  if (generations.length === 0) return <p>No generations yet.</p>;
  return (
    <ul>
      {generations.map((generation) => (
        <li key={generation.id}>
          <details>
            <summary>
              <b data-status={generation.status}>{phaseText(generation)}</b> {generation.model ?? "no model"} ·{" "}
              {generation.credits} credits {generation.settlement} · {timeOf(generation.createdAt)}
            </summary>
            <Phases generation={generation} events={events} />
            <Facts generation={generation} />
            {generation.status === "running" && (
              <button type="button" onClick={() => void engine.get(generation.id)?.cancel()}>
                Cancel
              </button>
            )}
          </details>
        </li>
      ))}
    </ul>
  );
}

function phaseText({ phase, isPaused, pauseReason, isSlow, isCanceling }: GenerationSnapshot): string {
  const marks = [isPaused && `paused: ${pauseReason}`, isSlow && "slow", isCanceling && "canceling"].filter(Boolean);
  return marks.length === 0 ? phase : `${phase} (${marks.join(", ")})`;
}

interface PhasesProps {
  readonly generation: GenerationSnapshot;
  readonly events: readonly LoggedEvent[];
}

function Phases({ generation, events }: PhasesProps): ReactElement {
  const phases = phasesOf(generation, events);
  if (phases.length === 0) return <p>The log has no event of it.</p>;
  return (
    <ol className="phases">
      {phases.map(({ phase, at, lastedMs }) => (
        <li key={at + phase}>
          <span>{phase}</span>
          <span>{lastedMs === undefined ? `since ${timeOf(at)}` : inSeconds(lastedMs)}</span>
        </li>
      ))}
    </ol>
  );
}

function Facts({ generation }: { readonly generation: GenerationSnapshot }): ReactElement {
  const { id, prompt, sessionId, rowId, slotId, requestId, openSlot, error, videos } = generation;
  const facts = { id, prompt, sessionId, rowId, slotId, requestId, openSlot, videos: videos.join(" "), error };
  return (
    <dl>
      {Object.entries(facts).map(([name, value]) =>
        value === undefined || value === "" ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{typeof value === "string" ? value : JSON.stringify(value)}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
