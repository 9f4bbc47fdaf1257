// A button for each way that a job can go in the sandbox, whose prompt names its scenario.
import type { VideoModelId } from "@video-engine/video-models";
import { useState, type ReactElement } from "react";
import type { VideoEngine } from "../compose-engine.ts";
import { FAL_SCENARIOS } from "../testing/providers/fal-scenarios.ts";
import { messageOf } from "./in-words.ts";

/** What a press generates. */
export interface SandboxOptions {
  /** Default `vid-seedance-pro`. It needs a price. */
  readonly model?: VideoModelId | undefined;
  /** The names of the scenarios. Default: those of `FAL_SCENARIOS`. */
  readonly scenarios?: readonly string[] | undefined;
}

interface Props {
  readonly engine: VideoEngine;
  readonly sandbox: SandboxOptions | boolean | undefined;
}

/** The buttons, only where the app says that its providers are the sandbox. */
export function ScenariosPart({ engine, sandbox }: Props): ReactElement {
  const [said, setSaid] = useState("");
  if (sandbox === undefined || sandbox === false)
    return <p>Pass `sandbox` where the providers are the sandbox: each scenario is then a button.</p>;
  const { model = "vid-seedance-pro", scenarios = Object.keys(FAL_SCENARIOS) } = sandbox === true ? {} : sandbox;
  const start = (scenario: string): void => {
    try {
      engine.generate({ model, prompt: `A corgi surfing [scenario:${scenario}]` });
      setSaid(`${scenario} has begun.`);
    } catch (thrown) {
      setSaid(messageOf(thrown));
    }
  };
  return (
    <>
      <p>Each starts a generation of {model} whose job goes that way.</p>
      <div className="scenarios">
        {scenarios.map((scenario) => (
          <button key={scenario} type="button" onClick={() => start(scenario)}>
            {scenario}
          </button>
        ))}
      </div>
      <p role="status">{said}</p>
    </>
  );
}
