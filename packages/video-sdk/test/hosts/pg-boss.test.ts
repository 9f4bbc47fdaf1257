// The host contract on a durable engine that is none of ours: pg-boss, a queue in Postgres, here PGlite in a folder. The process of the host ends in
// the middle, and another one goes on.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { quoteVideo } from "@video-engine/video-models";
import { PgBoss } from "pg-boss";
import { expect, onTestFinished, test } from "vitest";
import {
  createHostedMachine,
  createPerformEffect,
  planRequest,
  systemPlatform,
  type HostedMessage,
  type MachineHost,
} from "../../src/adapters/index.ts";
import { isDecided, snapshotOf, type GenerationPlan } from "../../src/core/index.ts";
import { decodeHosted } from "../../src/engine/hosted-record.ts";
import { createFakeLedger, createFakeVideoApi } from "../../src/testing/index.ts";

const QUEUE = "video";
const planned = planRequest(
  { request: { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 }, files: [], issues: [] },
  {
    ...{ id: "g1", createdAt: Date.now(), guarantee: "exactly-once", isSubmitRepeatable: false },
    ...{ quote: quoteVideo, registry: undefined },
  },
);
const { plan } = planned as { readonly plan: GenerationPlan }; // a valid request

/** What outlives a process: the provider, and the app's books. */
const api = createFakeVideoApi({ clock: systemPlatform.clock, jobMs: 4_000 });
const ledger = createFakeLedger({ guarantee: "exactly-once" });
const perform = createPerformEffect({
  api,
  ledger,
  files: { upload: () => Promise.reject(new Error("There are no files.")) },
});

/** A process of the host: its database, its queue and its worker. */
async function openProcess(folder: string) {
  const db = await PGlite.create(folder);
  await db.query("CREATE TABLE IF NOT EXISTS generations (id text PRIMARY KEY, record text NOT NULL)");
  const boss = new PgBoss({
    db: {
      executeSql: async (text, values) =>
        values === undefined ? lastOf(await db.exec(text)) : await db.query(text, [...values]),
    },
  });
  boss.on("error", () => undefined);
  await boss.start();
  await boss.createQueue(QUEUE);
  const host: MachineHost = {
    async load(id) {
      const { rows } = await db.query<{ record: string }>("SELECT record FROM generations WHERE id = $1", [id]);
      return rows[0]?.record;
    },
    async compareAndSet(id, expected, next) {
      const { affectedRows } =
        expected === undefined
          ? await db.query("INSERT INTO generations VALUES ($1, $2) ON CONFLICT DO NOTHING", [id, next])
          : await db.query("UPDATE generations SET record = $3 WHERE id = $1 AND record = $2", [id, expected, next]);
      return affectedRows === 1;
    },
    async schedule(message, at) {
      await boss.send(QUEUE, message, { startAfter: new Date(at) });
    },
    perform: async (effect) =>
      await perform(effect, { signal: new AbortController().signal, onProgress: () => undefined }),
  };
  const rules = { polling: () => ({ waitMs: 300, isSlow: false, isOverdue: false }) };
  const machine = createHostedMachine({ host, rules, platform: systemPlatform });
  await boss.work<HostedMessage>(QUEUE, { pollingIntervalSeconds: 0.5 }, async (jobs) => {
    for (const { data } of jobs) await machine.receive(data);
  });
  return {
    machine,
    state: async () => decodeHosted((await host.load(plan.id)) ?? "").state,
    async end() {
      await boss.stop({ graceful: false });
      await db.close();
    },
  };
}

/** PGlite answers several statements one by one. */
function lastOf<T>(results: readonly T[]): T | { rows: never[] } {
  return results.at(-1) ?? { rows: [] };
}

test("a queue in Postgres is a host: the process ends while the job runs, and the next one delivers it, once", async () => {
  const folder = mkdtempSync(join(tmpdir(), "video-engine-host-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const first = await openProcess(folder);
  await first.machine.start(plan);
  await expect.poll(async () => (await first.state()).name, { interval: 100 }).toBe("polling");
  await first.end();
  expect(ledger.books.reserved).toBe(plan.credits);

  const second = await openProcess(folder);
  onTestFinished(second.end);
  await second.machine.resume(plan.id);
  await expect.poll(async () => isDecided(await second.state()), { interval: 200 }).toBe(true);
  expect(snapshotOf(await second.state())).toMatchObject({ status: "completed", settlement: "captured" });
  expect(api.jobs).toHaveLength(1);
  ledger.assertBalanced();
});
