// The events of the log, newest first.
import type { ReactElement } from "react";
import type { VideoEngineEvent } from "../engine/engine-event.ts";
import type { DevtoolsLog, LoggedEvent } from "./devtools-log.ts";
import { timeOf } from "./in-words.ts";

interface Props {
  readonly events: readonly LoggedEvent[];
  readonly log: DevtoolsLog | undefined;
}

/** Each opens to its fields. */
export function EventsPart({ events, log }: Props): ReactElement {
  if (log === undefined)
    return <p>Pass `log`, whose `record` is the engine's `onEvent`, and its events are shown here.</p>;
  return (
    <>
      <button type="button" onClick={log.clear}>
        Clear
      </button>
      {events.length === 0 && <p>No events yet.</p>}
      <ul>
        {events.map(({ number, at, event }) => (
          <li key={number}>
            <details>
              <summary>
                {timeOf(at)} <b>{event.type}</b> {detailOf(event)}
              </summary>
              <pre tabIndex={0}>{JSON.stringify(event, undefined, 2)}</pre>
            </details>
          </li>
        ))}
      </ul>
    </>
  );
}

function detailOf(event: VideoEngineEvent): string {
  const fields = "phase" in event ? [event.phase, event.effect, event.error?.code] : [];
  return fields.filter(Boolean).join(" · ");
}
