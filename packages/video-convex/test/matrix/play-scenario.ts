// Plays one run of the fault matrix on a host, and says what is wrong with what it leaves. Knows no test runner.
import type { GenerationSnapshot } from "@video-engine/video-sdk";
import type { Fault } from "../support/faults-under-test.ts";
import type { Books, MatrixHost, MatrixWorld } from "./matrix-host.ts";
import type { Scenario } from "./scenarios.ts";

/** What came of a run. */
export interface Played {
  readonly ended: GenerationSnapshot;
  readonly jobs: number;
  /** What must not be: empty where the books are exact. */
  readonly wrong: readonly string[];
}

const CREDITS = 500;
const MOST_STEPS = 500;
const OTHER_POLLING = { minWaitMs: 7_000, maxWaitMs: 9_000 } as const;

/** Plays it. */
export async function playScenario(host: MatrixHost, scenario: Scenario): Promise<Played> {
  const { books, faults, job } = scenario;
  const world = await host.open({ books, faults, job, credits: CREDITS });
  try {
    const { credits } = await world.generate("g1");
    const ended = await untilEnded(world, scenario);
    const { jobs } = await world.facts();
    const left = await world.books();
    const isShown = await world.isShown(ended);
    const wrong = [
      ...wrongIn(ended),
      ...wrongBooks(left, ended.settlement === "captured" ? CREDITS - credits : CREDITS),
      ...(jobs > 1 ? [`${jobs} jobs were paid for`] : []),
      ...(isShown ? [] : ["the client that watches was shown another end"]),
      ...wrongEnd(scenario, ended),
    ];
    return { ended, jobs, wrong };
  } finally {
    await world.close();
  }
}

async function untilEnded(
  world: MatrixWorld,
  { cancelAt, webhooksAt, deployAt }: Scenario,
): Promise<GenerationSnapshot> {
  const last = Math.max(0, cancelAt ?? 0, deployAt ?? 0, ...webhooksAt);
  for (let step = 0; step < MOST_STEPS; step++) {
    if (step === cancelAt) await world.cancel("g1");
    if (step === deployAt) {
      await world.deploy(OTHER_POLLING);
      // A client whose answer was lost starts it again: it runs, so it is that one, at the price that it began with.
      await world.generate("g1");
    }
    for (const at of webhooksAt) if (step === at) await world.callWebhook();
    if (step >= last && (await world.facts()).isQuiet) {
      const shown = await world.get("g1");
      if (shown !== null && shown.status !== "running") return shown;
    }
    await world.step();
  }
  throw new Error(`It has not ended after ${MOST_STEPS} steps.`);
}

function wrongIn({ status, settlement, videos, phase }: GenerationSnapshot): readonly string[] {
  const isCompleted = status === "completed";
  const isSettled = isCompleted ? settlement === "captured" : settlement === "released" || settlement === "none";
  return [
    ...(isSettled ? [] : [`${status} with its credits ${settlement}`]),
    ...(videos.length > 0 === isCompleted ? [] : [`${status} with ${videos.length} videos`]),
    ...(phase === status ? [] : [`${status} in the phase ${phase}`]),
  ];
}

function wrongBooks({ total, held, openSlots, loadingRows }: Books, expected: number): readonly string[] {
  return [
    ...(total === expected ? [] : [`${total} credits are left, and it should be ${expected}`]),
    ...(held === 0 ? [] : [`${held} credits are held`]),
    ...(openSlots === 0 ? [] : [`${openSlots} slots are open`]),
    ...(loadingRows === 0 ? [] : [`${loadingRows} rows load`]),
  ];
}

/** How a run must end, where one fault or none says it. */
function wrongEnd(scenario: Scenario, { status, error }: GenerationSnapshot): readonly string[] {
  const { faults, cancelAt, webhooksAt, job } = scenario;
  if (faults.length > 1 || cancelAt !== undefined) return [];
  if (!faults.some(isInDoubt)) {
    const expected = job === "fails" ? "failed" : "completed";
    return status === expected ? [] : [`${status}, and it should be ${expected}`];
  }
  if (webhooksAt.length > 0 || error?.code === "submission-unknown") return [];
  return [`${error?.code ?? status}, and it should be submission-unknown`];
}

/** Whether no one can tell if there is a job: the paid call had begun, and its answer did not come. */
function isInDoubt({ call, nth, how }: Fault): boolean {
  if (nth !== 1) return false;
  if (call === "begin") return how !== "dies-before";
  return call === "submit" || (call === "answer" && how === "dies-before");
}
