// The random worlds with tabs that are hidden and looked at again, devices that say "offline" though they are not, and tabs that hand over.
// One of them again:  SEED=123 vitest run --project video-sdk hidden-tabs
import { expect, test } from "vitest";
import { createEngine, type EngineOptions } from "../../engine/create-engine.ts";
import type { Lifecycle, PauseReason, TabChannel } from "../../platform-ports.ts";
import { createSeededRandom } from "../seeded-random.ts";
import { checkOf } from "./checks.ts";
import { planRandomWorld, type RandomWorldPlan } from "./plan-random-world.ts";
import { runRandomWorld } from "./random-worlds.ts";
import { wrongIn } from "./wrong-in.ts";
import type { WorldEngine } from "./tabs.ts";

const SEEDS = 600;
const { SEED } = process.env;
const seeds = SEED === undefined ? Array.from({ length: SEEDS }, (_, seed) => seed) : [Number(SEED)];
const MINUTE = 60_000;
const PAUSES: readonly (PauseReason | undefined)[] = ["background", "background", "offline", undefined];

test(`${SEED ?? SEEDS}: nothing is charged, released or paid for twice, and nothing is left, whichever tab runs it`, async () => {
  const found: string[] = [];
  let handedOver = 0;
  for (const seed of seeds) {
    const tabs = createHiddenTabs(seed);
    const report = await runRandomWorld(planTabs(seed), tabs.open);
    // A tab that dies between its last write and its message leaves the handle of another tab open.
    const wrong = wrongIn(report).filter((sentence) => report.crashes === 0 || checkOf(sentence) !== "L6");
    if (wrong.length > 0) found.push(`${wrong.join("; ")}\nSEED=${seed} vitest run --project video-sdk hidden-tabs`);
    handedOver += tabs.handedOver();
  }
  expect(found).toEqual([]);
  if (SEED === undefined) expect(handedOver).toBeGreaterThan(100);
});

/** The world of a seed with two tabs from the start, and jobs that last longer than a look at one of them. */
function planTabs(seed: number): RandomWorldPlan {
  const plan = planRandomWorld(seed);
  const opened = [
    { atMs: 0, action: "resume" as const, tab: 0 },
    { atMs: 1, action: "open-tab" as const, tab: 0 },
  ];
  return {
    ...plan,
    jobMs: Math.max(plan.jobMs, 10 * MINUTE),
    canListKeys: true,
    actions: [...opened, ...plan.actions],
  };
}

/** Tabs that are paused at times that the seed decides, for as long as it decides, and that hear one another. */
function createHiddenTabs(seed: number) {
  const random = createSeededRandom(seed);
  const channel = new Set<Set<(message: string) => void>>();
  let handedOver = 0;
  const join = (): TabChannel => {
    const own = new Set<(message: string) => void>();
    const named = new Set<string>();
    channel.add(own);
    return {
      post(message) {
        // The first time a tab names a generation it has recorded it, and the second time it has let it go.
        if (named.has(message)) handedOver++;
        if (!message.includes(":")) named.add(message);
        const others = [...channel].filter((other) => other !== own);
        void Promise.resolve().then(() => others.forEach((other) => other.forEach((hear) => hear(message))));
      },
      subscribe(listener) {
        own.add(listener);
        return () => own.delete(listener);
      },
    };
  };
  const open = (options: EngineOptions): WorldEngine => {
    const { persistence, platform } = options;
    let pause: PauseReason | undefined;
    const listeners = new Set<() => void>();
    const lifecycle: Lifecycle = {
      getPause: () => pause,
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    };
    const become = (next: PauseReason | undefined): void => {
      pause = next;
      for (const listener of [...listeners]) listener();
    };
    let at = 0;
    for (let count = Math.floor(random() * 4); count > 0; count--) {
      const next = PAUSES[Math.floor(random() * PAUSES.length)];
      platform.clock.setTimeout(() => become(next), (at += random() * 5 * MINUTE));
      platform.clock.setTimeout(() => become(undefined), (at += random() * 20 * MINUTE));
    }
    return createEngine({
      ...options,
      lifecycle,
      persistence: persistence && { ...persistence, tabChannel: join() },
    });
  };
  return { open, handedOver: () => handedOver };
}
