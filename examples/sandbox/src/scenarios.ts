// The scenario that a prompt names, such as `a corgi [scenario:never-ends]`: what becomes of its job. One that a provider does not know is
// refused, because a job that goes well would pass for it.
import {
  FAL_SCENARIOS,
  KIE_SCENARIOS,
  OPENROUTER_SCENARIOS,
  WAVESPEED_SCENARIOS,
  type FalScenario,
  type KieScenario,
  type OpenrouterScenario,
  type WavespeedScenario,
} from "@video-engine/video-sdk/testing";

const SCENARIOS = {
  fal: FAL_SCENARIOS,
  kie: KIE_SCENARIOS,
  wavespeed: WAVESPEED_SCENARIOS,
  openrouter: OPENROUTER_SCENARIOS,
} as const;

type ProviderName = keyof typeof SCENARIOS;

/** What is wrong with the scenario that a prompt names, as a sentence with those that this provider has. Undefined without one. */
export function scenarioProblem(provider: ProviderName, prompt: unknown): string | undefined {
  const name = nameIn(prompt);
  if (name === undefined || Object.hasOwn(SCENARIOS[provider], name)) return undefined;
  const names = Object.keys(SCENARIOS[provider]).join(", ");
  return `The simulated ${provider} has no scenario "${name}". It has: ${names}.`;
}

interface Job {
  readonly input: Readonly<Record<string, unknown>>;
}

/** The scenario of a job by its prompt, for a provider; the answer to an unknown one is made by `refuse`. */
function scripted<Scenario>(provider: ProviderName, refuse: (problem: string) => Scenario) {
  const byName = new Map<string, unknown>(Object.entries(SCENARIOS[provider]));
  return ({ input }: Job): Scenario | undefined => {
    const problem = scenarioProblem(provider, input["prompt"]);
    if (problem !== undefined) return refuse(problem);
    return byName.get(nameIn(input["prompt"]) ?? "") as Scenario | undefined; // the table of this provider
  };
}

const answer = (status: number, body: unknown) => ({
  fault: { kind: "answer" as const, status, body },
  accepted: false,
});

/** Each provider's script: it refuses an unknown scenario as it refuses any other input. */
export const SCRIPTS = {
  fal: scripted<FalScenario>("fal", (msg) => ({
    submit: answer(422, { detail: [{ loc: ["body", "prompt"], msg, type: "value_error" }] }),
  })),
  kie: scripted<KieScenario>("kie", (msg) => ({ create: answer(200, { code: 422, msg, data: null }) })),
  wavespeed: scripted<WavespeedScenario>("wavespeed", (message) => ({ submit: answer(400, { code: 400, message }) })),
  openrouter: scripted<OpenrouterScenario>("openrouter", (message) => ({
    submit: answer(400, { error: { code: 400, message } }),
  })),
};

function nameIn(prompt: unknown): string | undefined {
  return typeof prompt === "string" ? /\[scenario:([^\]]*)\]/.exec(prompt)?.[1] : undefined;
}
