// Two commands over one folder at the same moment: each generation is driven by one of them. On the functions as they are deployed, where a
// second driver would charge twice.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serve, textOf, untilSaid, type Served } from "./support/serve.ts";

const PRICE = 208;
let served: Served;

beforeAll(async () => {
  served = await serve();
});

afterAll(() => served.stop());

test.each(["recording", "polling"])("resume beside a generation that is %s leaves it alone", async (phase) => {
  const folder = mkdtempSync(join(tmpdir(), "video-engine-two-"));
  const before = await served.books();
  const generating = served.command(["generate", "a corgi surfing", "--model", "vid-veo-3.1-fast"], folder);
  const generated = textOf(generating);
  await untilSaid(generating, phase);
  const resumed = await Promise.all([1, 2].map(() => textOf(served.command(["resume", "--json"], folder))));
  expect(await generated).toContain(".mp4");
  expect(resumed.map((text) => JSON.parse(text) as unknown)).toMatchObject([{ generations: [] }, { generations: [] }]);
  const after = await served.books();
  expect(after).toMatchObject({ openSlots: 0, credits: { reserved: 0, total: before.credits.total - PRICE } });
  expect(after.rows.length - before.rows.length).toBe(1);
});

test("of two that resume after a kill, one goes on", async () => {
  const folder = mkdtempSync(join(tmpdir(), "video-engine-two-"));
  const before = await served.books();
  const generating = served.command(["generate", "a corgi surfing", "--model", "vid-veo-3.1-fast"], folder);
  await untilSaid(generating, "polling");
  generating.kill("SIGKILL");
  const resumed = await Promise.all([1, 2].map(() => textOf(served.command(["resume", "--json"], folder))));
  const ended = resumed.flatMap((text) => (JSON.parse(text) as { generations: { settlement: string }[] }).generations);
  expect(ended).toMatchObject([{ status: "completed", settlement: "captured" }]);
  const after = await served.books();
  expect(after).toMatchObject({ openSlots: 0, credits: { reserved: 0, total: before.credits.total - PRICE } });
});
