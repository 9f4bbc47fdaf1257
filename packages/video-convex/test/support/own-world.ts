// A deployment in memory, a provider in memory, and a clock that the test moves: for an app that leaves its books to the component.
import type { GenerationSnapshot } from "@video-engine/video-sdk";
import { falProvider } from "@video-engine/video-sdk/server";
import { createFakeFal, createProviderFetch, type FakeFal } from "@video-engine/video-sdk/testing";
import { convexTest, type TestConvex } from "convex-test";
import {
  componentsGeneric,
  defineSchema,
  makeFunctionReference,
  type FunctionArgs,
  type GenericSchema,
  type SchemaDefinition,
} from "convex/server";
import { vi } from "vitest";
import type { EventsAnswer } from "../../src/client/functions.ts";
import type { ComponentApi } from "../../src/client/index.ts";
import { register } from "../../src/test.ts";
import { inComponent, isQuiet } from "./component-tables.ts";
import { chooseFaults, spoil, untilIdle, type Fault } from "./faults-under-test.ts";
import { chooseProviders } from "./providers-under-test.ts";

/** The functions of the app under test. */
export const video = {
  generate: makeFunctionReference<"mutation", Record<string, unknown>, GenerationSnapshot>("video:generate"),
  cancel: makeFunctionReference<"mutation", { id: string }, GenerationSnapshot>("video:cancel"),
  get: makeFunctionReference<"query", { id: string }, GenerationSnapshot | null>("video:get"),
  events: makeFunctionReference<"query", { after?: number }, EventsAnswer>("video:events"),
  list: makeFunctionReference<"query", { limit?: number }, readonly GenerationSnapshot[]>("video:list"),
};

/** What the tests ask for. */
export const REQUEST = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;

/** A world. Its timers are fake: `step()` fires the next one. */
export interface OwnWorld {
  readonly t: TestConvex<SchemaDefinition<GenericSchema, boolean>>;
  readonly fal: FakeFal;
  as(userId: string): ReturnType<TestConvex<SchemaDefinition<GenericSchema, boolean>>["withIdentity"]>;
  /** Runs the functions that are due now, and fires the next timer. */
  step(): Promise<void>;
  /** Steps until a generation has ended, and nothing of any is under way. Throws after too many steps. */
  untilEnded(userId: string, id: string): Promise<GenerationSnapshot>;
  readonly ledger: ReturnType<typeof ledgerOf>;
}

/** The app's part of a deployment. */
export interface App {
  readonly schema: SchemaDefinition<GenericSchema, boolean>;
  readonly modules: Record<string, () => Promise<unknown>>;
}

const OWN_APP: App = { schema: defineSchema({}), modules: import.meta.glob("../own-app/**/*.ts") };

/** A world. Call it with fake timers. */
export function createOwnWorld(faults: readonly Fault[] = [], app: App = OWN_APP): OwnWorld {
  chooseFaults(faults);
  const fal = createFakeFal({ now: Date.now, queueMs: 1000, jobMs: 20_000 });
  chooseProviders([spoil(falProvider({ credentials: "id:secret", fetch: createProviderFetch([fal]) }))]);
  const t = convexTest(app.schema, app.modules);
  register(t);
  const as = (subject: string) => t.withIdentity({ subject });
  const step = async (): Promise<void> => {
    await untilIdle(t.finishInProgressScheduledFunctions);
    vi.advanceTimersToNextTimer();
    await untilIdle(t.finishInProgressScheduledFunctions);
  };
  return {
    t,
    fal,
    as,
    step,
    async untilEnded(userId, id) {
      for (let steps = 0; steps < 500; steps++) {
        const shown = await as(userId).query(video.get, { id });
        if (shown !== null && shown.status !== "running" && (await isQuiet(t))) return shown;
        await step();
      }
      throw new Error(`${id} has not ended.`);
    },
    ledger: ledgerOf(t),
  };
}

const engine = componentsGeneric()["videoEngine"] as unknown as ComponentApi; // as the app names it

/** Calls the component's own credits, as an app's function does. */
const ledgerOf = (t: OwnWorld["t"]) => ({
  grant: async (args: FunctionArgs<ComponentApi["ledger"]["grant"]>) =>
    await t.mutation(async (ctx) => await ctx.runMutation(engine.ledger.grant, args)),
  reserve: async (args: FunctionArgs<ComponentApi["ledger"]["reserve"]>) =>
    await t.mutation(async (ctx) => await ctx.runMutation(engine.ledger.reserve, args)),
  capture: async (args: FunctionArgs<ComponentApi["ledger"]["capture"]>) =>
    await t.mutation(async (ctx) => await ctx.runMutation(engine.ledger.capture, args)),
  release: async (args: FunctionArgs<ComponentApi["ledger"]["release"]>) =>
    await t.mutation(async (ctx) => await ctx.runMutation(engine.ledger.release, args)),
  refund: async (args: FunctionArgs<ComponentApi["ledger"]["refund"]>) =>
    await t.mutation(async (ctx) => await ctx.runMutation(engine.ledger.refund, args)),
  setCeiling: async (args: FunctionArgs<ComponentApi["ledger"]["setCeiling"]>) =>
    await t.mutation(async (ctx) => await ctx.runMutation(engine.ledger.setCeiling, args)),
  read: async (userId: string) => await t.query(async (ctx) => await ctx.runQuery(engine.ledger.read, { userId })),
  history: async (userId: string, limit = 100, before?: number) =>
    await t.query(
      async (ctx) =>
        await ctx.runQuery(engine.ledger.history, { userId, limit, ...(before !== undefined && { before }) }),
    ),
});

/** What the cron runs. */
export async function sweep(t: OwnWorld["t"]): Promise<void> {
  await inComponent(
    t,
    async ({ runMutation }) => await runMutation(makeFunctionReference<"mutation">("scheduled:sweep"), {}),
  );
}
