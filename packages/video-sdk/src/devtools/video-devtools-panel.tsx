// The panel: which of its parts is shown, and the frame around it. Each part is a file of its own.
import { useState, useSyncExternalStore, type ReactElement } from "react";
import type { VideoEngine } from "../compose-engine.ts";
import type { KeyValueStorage } from "../platform-ports.ts";
import type { DevtoolsLog, LoggedEvent } from "./devtools-log.ts";
import { EventsPart } from "./events-part.tsx";
import { GenerationsPart } from "./generations-part.tsx";
import { HeldPart } from "./held-part.tsx";
import { JournalPart } from "./journal-part.tsx";
import { PANEL_STYLES } from "./panel-styles.ts";
import { ScenariosPart, type SandboxOptions } from "./scenarios-part.tsx";

/** The props of {@link VideoDevtoolsPanel}. */
export interface VideoDevtoolsPanelProps {
  readonly engine: VideoEngine;
  /** What the engine's `onEvent` is recorded in. Left out: no events, and no times of phases. */
  readonly log?: DevtoolsLog | undefined;
  /** The platform's storage, whose records are shown as they are. They contain prompts and addresses. Left out: no journal. */
  readonly storage?: KeyValueStorage | undefined;
  /** Set it where the providers are the sandbox: a button for each scenario. Each press is a generation, which real providers bill. */
  readonly sandbox?: SandboxOptions | boolean | undefined;
  /** Default: as the system is set. */
  readonly theme?: "light" | "dark" | undefined;
}

const PARTS = ["Generations", "Held", "Journal", "Events", "Scenarios"] as const;

/** What an engine does, for its developer: every generation with its phases, what holds credits, the journal and the events. */
export function VideoDevtoolsPanel(props: VideoDevtoolsPanelProps): ReactElement | null {
  const { engine, log = NO_LOG, theme } = props;
  const [part, setPart] = useState<(typeof PARTS)[number]>("Generations");
  const generations = useSyncExternalStore(engine.subscribe, engine.list, engine.list);
  const events = useSyncExternalStore(log.subscribe, log.getSnapshot, log.getSnapshot);
  return (
    <section className="video-devtools" aria-label="Video engine" data-theme={theme}>
      <style>{PANEL_STYLES}</style>
      <div role="group" aria-label="What is shown" className="parts">
        {PARTS.map((name) => (
          <button key={name} type="button" aria-pressed={name === part} onClick={() => setPart(name)}>
            {name}
          </button>
        ))}
        <span>guarantee: {engine.guarantee}</span>
      </div>
      {part === "Generations" && <GenerationsPart engine={engine} generations={generations} events={events} />}
      {part === "Held" && <HeldPart engine={engine} generations={generations} />}
      {part === "Journal" && <JournalPart storage={props.storage} generations={generations} />}
      {part === "Events" && <EventsPart events={events} log={props.log} />}
      {part === "Scenarios" && <ScenariosPart engine={engine} sandbox={props.sandbox} />}
    </section>
  );
}

const NO_EVENTS: readonly LoggedEvent[] = [];
const NO_LOG = { subscribe: () => () => undefined, getSnapshot: () => NO_EVENTS };
