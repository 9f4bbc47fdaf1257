// Whole storages as tabs of each version left them when they were killed, written by those versions themselves (`npm run upgrades -- --write`). This version
// finds each generation under its keys and finishes it, with one job and one charge. A version that raises the number of the record adds a file and
// never changes an existing one.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { numberCalls } from "../convex-sessions/number-calls.ts";
import { defaultPollingPolicy } from "../core/polling-policy.ts";
import { createLocalLocks } from "../platform/local-locks.ts";
import type { CallResult, VideoApi, VideoLedger } from "../ports.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { createEngine } from "./create-engine.ts";

interface KeptStorage {
  readonly phase: string;
  readonly items: Readonly<Record<string, string>>;
}

const folder = new URL("__fixtures__/", import.meta.url);
const files = readdirSync(folder).filter((name) => /^storages-v\d+\.json$/.test(name));
const keptIn = (file: string): readonly KeptStorage[] =>
  JSON.parse(readFileSync(new URL(file, folder), "utf8")) as readonly KeptStorage[]; // written by this project
const HAS_A_JOB: readonly string[] = ["polling", "giving-up", "settling"];
const RECORD = /:record:([^:]+)$/;

/** A backend and providers that do what they are asked, and what they were asked under which key. `numbersCalls`: as where the record was written. */
function createWorld(numbersCalls: boolean) {
  const calls: { readonly name: string; readonly key: string | undefined }[] = [];
  const done = <Value>(name: string, key: string | undefined, value: Value): Promise<CallResult<Value>> => {
    calls.push({ name, key });
    return Promise.resolve({ ok: true, value });
  };
  const ledger: VideoLedger = {
    guarantee: "exactly-once",
    numbersCalls,
    acquireSlot: ({ key }) => done("acquireSlot", key, "slot-1"),
    closeSlot: ({ key }) => done("closeSlot", key, undefined),
    reserveCredits: ({ key }) => done("reserveCredits", key, undefined),
    captureCredits: ({ key }) => done("captureCredits", key, undefined),
    releaseCredits: ({ key }) => done("releaseCredits", key, undefined),
    createSession: ({ key }) => done("createSession", key, "session-1"),
    recordRow: ({ key }) => done("recordRow", key, "row-1"),
    updateRow: ({ key, change }) => done(`updateRow ${change.kind}`, key, undefined),
  };
  const videos = ["https://videos.test/1.mp4"];
  const api: VideoApi = {
    isSubmitRepeatable: true,
    submit: (_, { key }) => done("submit", key, { kind: "accepted", job: { requestId: "job-1" } }),
    status: ({ job }) => done("status", job.requestId, { kind: "finished", videos }),
    cancel: ({ job }) => done("cancel", job.requestId, "removed"),
  };
  return { calls, ledger, api };
}

test("there are storages of every version before this one", () => {
  const records = readdirSync(new URL("../core/__fixtures__/", import.meta.url));
  const versions = records.filter((name) => /^records-v\d+\.json$/.test(name));
  expect(files.length).toBeGreaterThanOrEqual(versions.length - 1);
});

describe.each(files)("%s", (file) => {
  test.each(keptIn(file))("killed $phase: is found, and finished with one job and one charge", async ({ items }) => {
    const stored = new Map(Object.entries(items));
    const [key = "", text = ""] = [...stored].find(([name]) => RECORD.test(name)) ?? [];
    const id = RECORD.exec(key)?.[1];
    const { state } = JSON.parse(text) as { state: { name: string; plan: { createdAt: number; calls?: object } } }; // as it was written
    const clock = createTestClock(state.plan.createdAt + 10_000);
    const { calls, ledger, api } = createWorld(state.plan.calls !== undefined);
    const engine = createEngine({
      ledger,
      numberCalls,
      api,
      polling: defaultPollingPolicy,
      platform: { clock, random: () => 0.5, createId: () => "another" },
      persistence: {
        storage: {
          getItem: (name) => stored.get(name) ?? null,
          setItem: (name, value) => void stored.set(name, value),
          removeItem: (name) => void stored.delete(name),
          keys: () => [...stored.keys()],
        },
        locks: createLocalLocks(),
        user: "user_demo",
        onUnreadable: (record) => expect.unreachable(`${record.id}: ${record.reason}`),
      },
    });
    const resumed = engine.resume();
    let found: readonly string[] | undefined;
    void resumed.then((generations) => (found = generations.map((generation) => generation.id)));
    await clock.advanceUntil(() => found !== undefined);
    expect(found).toEqual([id]);
    await clock.advanceUntil(() => engine.list().every(({ status }) => status !== "running"));
    expect(engine.list()).toMatchObject([{ id, status: "completed", settlement: "captured" }]);
    const times = (name: string): number => calls.filter((call) => call.name === name).length;
    expect([times("submit"), times("captureCredits"), times("releaseCredits")]).toEqual([
      HAS_A_JOB.includes(state.name) ? 0 : 1,
      1,
      0,
    ]);
    for (const call of calls) if (call.name !== "status" && call.key !== undefined) expect(call.key).toContain(id);
    engine.dispose();
  });
});
