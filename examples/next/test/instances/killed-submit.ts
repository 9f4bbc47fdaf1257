// One submit during which the first instance is killed, and what must be so afterwards.
import type { World } from "./open-world.ts";
import { REQUEST } from "./open-world.ts";
import type { TripPoint } from "./tripwire.ts";

/** What came of it. */
export interface KilledSubmit {
  readonly wasKilled: boolean;
  readonly status: string;
  readonly settlement: string;
  readonly code: string | undefined;
  /** Jobs that the provider has made for this generation. */
  readonly jobs: number;
  readonly waitedMs: number;
  readonly books: Awaited<ReturnType<World["books"]>>;
  readonly creditsTaken: number;
}

/** Has the engine generate a video, kills the first instance at this point, and waits for the outcome. Starts the instance again. */
export async function killDuringSubmit(world: World, point: TripPoint): Promise<KilledSubmit> {
  const { engine, wire, first, sandbox } = world;
  await world.forgetCounts();
  const before = await world.books();
  const jobsBefore = sandbox.fal.jobs.length;
  let killed: Promise<void> | undefined;
  wire.arm(point, () => {
    killed = first.end("SIGKILL");
  });
  const startedAt = Date.now();
  const outcome = await engine.generate(REQUEST).outcome;
  const waitedMs = Date.now() - startedAt;
  await killed;
  wire.arm(undefined, () => undefined);
  await first.restart();
  const books = await world.books();
  return {
    wasKilled: killed !== undefined,
    status: outcome.status,
    settlement: outcome.settlement,
    code: outcome.status === "failed" ? outcome.error.code : undefined,
    jobs: sandbox.fal.jobs.length - jobsBefore,
    waitedMs,
    books,
    creditsTaken: before.credits.total - books.credits.total,
  };
}
