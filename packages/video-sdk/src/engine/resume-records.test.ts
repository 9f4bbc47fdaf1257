// resume() over an unreliable storage: unreadable records among good ones, a storage that fails, locks that throw.
import { describe, expect, test } from "vitest";
import { createDeadDevice, createDevice, LIST, RECORD, SET_ASIDE } from "./__fixtures__/mortal-device.ts";
import type { Device } from "./__fixtures__/mortal-device.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The checksum of a record, as the source computes it. */
function checksum(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

const signed = (body: string): string => `{"v":1,"sum":${checksum(body)},"state":${body}}`;
const bodyOf = (record: string): string => JSON.stringify((JSON.parse(record) as { state: unknown }).state);

/** A device that died while the provider worked on generation-1. */
const died = (): Promise<Device> => createDeadDevice({ call: "api.status" }, "dies-after", "exactly-once");

/** Puts a record of generation-0 or generation-2 beside the good one, before or after it in the list. */
async function put(device: Device, id: "generation-0" | "generation-2", text: string): Promise<void> {
  await device.storage.setItem(RECORD(id), text);
  await device.storage.setItem(LIST, ["generation-1", id].sort().join(","));
}

const goodOf = async ({ storage }: Device): Promise<string> => (await storage.getItem(RECORD("generation-1"))) ?? "";

const UNREADABLE: readonly (readonly [string, (good: string) => string, string])[] = [
  ["torn", (good) => good.slice(0, good.length / 2), "torn"],
  ["empty", () => "", "torn"],
  ["of another program", () => '{"state":"polling","job":"job-1"}', "torn"],
  ["a text in JSON", () => '"polling"', "torn"],
  ["edited by hand", (good) => good.replace("208", "1"), "torn"],
  [
    "edited by hand, with a new checksum",
    (good) => signed(bodyOf(good).replace('"credits":208', '"credits":-1')),
    "shape",
  ],
  ["of a state to come", (good) => signed(bodyOf(good).replace('"polling"', '"dreaming"')), "shape"],
  ["that of another generation", (good) => good, "shape"],
];

describe.each(UNREADABLE)("a record that is %s", (_, make, reason) => {
  test.each(["generation-0", "generation-2"] as const)(
    "as %s beside a good one is set aside and reported",
    async (id) => {
      const device = await died();
      const text = make(await goodOf(device));
      await put(device, id, text);
      const engine = device.open();
      expect(await device.resume(engine)).toEqual(["generation-1"]);
      await device.clock.advance(HOUR);
      expect(engine.list()).toMatchObject([{ id: "generation-1", status: "completed", settlement: "captured" }]);
      expect(device.setAside).toEqual([{ id, reason, setAsideKey: SET_ASIDE(id) }]);
      expect(await device.storage.getItem(SET_ASIDE(id))).toBe(text);
      expect(await device.storage.getItem(RECORD(id))).toBeNull();
      expect(await device.storage.getItem(LIST)).toBe("");
      device.ledger.assertBalanced();
      await device.resume(device.open());
      expect(device.setAside).toHaveLength(1);
    },
  );
});

const JUNK = [null, -1, 1e308, "", "junk", true, [], {}] as const;

/** The text with each of its values in turn replaced by each piece of junk, or left out. */
function* editsOf(value: unknown, whole: unknown = value): Generator<string> {
  if (typeof value !== "object" || value === null) return;
  const fields = value as Record<string, unknown>; // objects and lists alike
  for (const [key, kept] of Object.entries(fields)) {
    for (const junk of JUNK) {
      fields[key] = junk;
      yield JSON.stringify(whole);
    }
    delete fields[key];
    yield JSON.stringify(whole);
    fields[key] = kept;
    yield* editsOf(kept, whole);
  }
}

test.each([
  ["acquiring-slot", "ledger.acquireSlot"],
  ["polling", "api.status"],
  ["settling", "ledger.captureCredits"],
])(
  "no value edited into a record of %s, with a valid checksum, keeps a good one from being resumed",
  async (_, call) => {
    const edited = bodyOf(await goodOf(await createDeadDevice({ call }, "dies-before", "exactly-once")));
    const good = await goodOf(await died());
    let edits = 0;
    for (const body of editsOf(JSON.parse(edited))) {
      const device = createDevice();
      await device.storage.setItem(RECORD("generation-1"), good);
      await put(device, "generation-0", signed(body.replaceAll("generation-1", "generation-0")));
      const engine = device.open();
      expect(await device.resume(engine), body).toContain("generation-1");
      await device.clock.advance(MINUTE);
      engine.dispose();
      await device.clock.flush();
      expect(device.clock.pending, body).toBe(0);
      edits++;
    }
    expect(edits).toBeGreaterThan(150);
  },
);

describe("a storage that fails while it is read", () => {
  test.each(["fails", "fails-after"] as const)(
    "at any one call (%s): resume() does not throw, and the next one settles everything",
    async (fault) => {
      let tried = 0;
      for (const call of ["ledger.reserveCredits", "api.submit", "api.status", "ledger.captureCredits"]) {
        for (let nth = 0; nth < 12; nth++) {
          const device = await createDeadDevice({ call }, "dies-after", "exactly-once");
          const storageCall = device.trace.length + nth;
          device.faults.set(storageCall, fault);
          const engine = device.open();
          await device.resume(engine);
          await device.clock.advance(HOUR);
          if (device.trace[storageCall]?.startsWith("storage.") !== true) continue;
          tried++;
          await device.resume(engine);
          await device.clock.advance(HOUR);
          expect(device.leftOpen(), `${call} ${nth}`).toEqual({ credits: 0, slots: 0, rows: 0 });
          expect(device.api.jobs.length).toBeLessThanOrEqual(1);
          expect(device.setAside).toEqual([]);
          expect(device.clock.pending).toBe(0);
        }
      }
      expect(tried).toBeGreaterThan(15);
    },
  );

  test("altogether: nothing is resumed and nothing is sent; once it works again, the generation is resumed", async () => {
    const device = await died();
    const before = device.trace.length;
    for (let nth = 0; nth < 3; nth++) device.faults.set(before + nth, "fails");
    const engine = device.open();
    for (let nth = 0; nth < 3; nth++) expect(await device.resume(engine)).toEqual([]);
    expect(device.trace.slice(before)).toEqual(["storage.getItem", "storage.getItem", "storage.getItem"]);
    expect(await device.resume(engine)).toEqual(["generation-1"]);
  });
});

describe("locks", () => {
  test.each([
    [
      "throw",
      () => {
        throw new Error("No locks here.");
      },
    ],
    ["reject", () => Promise.reject(new Error("No locks here."))],
    ["are another's", () => Promise.resolve(undefined)],
  ])("that %s leave that generation alone, and the others are resumed", async (_, refuse) => {
    let isRefusing = true;
    const locks = {
      tryLock: (id: string) => (isRefusing && id === "generation-0" ? refuse() : Promise.resolve(() => undefined)),
    };
    const device = createDevice({ locks });
    for (const id of ["generation-0", "generation-1"] as const) {
      const good = bodyOf(await goodOf(await died())).replaceAll("generation-1", id);
      await device.storage.setItem(RECORD(id), signed(good));
    }
    await device.storage.setItem(LIST, "generation-0,generation-1");
    const engine = device.open();
    expect(await device.resume(engine)).toEqual(["generation-1"]);
    isRefusing = false;
    expect(await device.resume(engine)).toEqual(["generation-0", "generation-1"]);
  });
});
