import { expect, test } from "vitest";
import { createRequestRecord } from "../server/request-record.ts";
import { createGate } from "./support/gate.ts";

const committed = { ok: true as const, value: "first", ts: 7n };
const unwanted = () => Promise.reject(new Error("ran again"));

test("a repeat that comes while the first run is under way waits for it and gets its result", async () => {
  const record = createRequestRecord();
  const gate = createGate();
  const first = record.once("s-1:0", async () => {
    await gate.opened;
    return committed;
  });
  const repeat = record.once("s-1:0", unwanted);
  gate.open();
  expect(await Promise.all([first, repeat])).toEqual([committed, committed]);
});

test("of many repeats after a failure one runs at a time, until one commits", async () => {
  const record = createRequestRecord();
  const failed = { ok: false as const, message: "no" };
  const answers = [failed, Promise.reject(new Error("crashed")), committed, unwanted()];
  for (const answer of answers) void Promise.resolve(answer).catch(() => {});
  const runs = answers.map((answer) => record.once("s-1:0", async () => await answer));
  expect(await Promise.allSettled(runs)).toMatchObject([
    { value: failed },
    { status: "rejected", reason: { message: "crashed" } },
    { value: committed },
    { value: committed },
  ]);
});

test("another request has a record of its own", async () => {
  const record = createRequestRecord();
  await record.once("s-1:0", () => Promise.resolve(committed));
  const other = { ...committed, value: "other" };
  expect(await record.once("s-1:1", () => Promise.resolve(other))).toEqual(other);
});
