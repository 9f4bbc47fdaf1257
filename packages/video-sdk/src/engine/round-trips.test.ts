// How many round trips pass until the paid submit leaves, where every call takes one. `npm run bench -- preparing` prints the same with the adapters.
import { expect, test } from "vitest";
import { defaultPollingPolicy } from "../core/polling-policy.ts";
import type { CallResult, Guarantee, VideoLedger } from "../ports.ts";
import { createFakeLedger } from "../testing/fake-ledger.ts";
import { createFakeVideoApi } from "../testing/fake-video-api.ts";
import { createSeededRandom } from "../testing/seeded-random.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { createEngine } from "./create-engine.ts";

const TRIP_MS = 100;

/** After how many round trips each of some taps at once has submitted. */
async function submitsOf(guarantee: Guarantee, taps: number, sessionId: string | undefined) {
  const clock = createTestClock();
  const startedAt = clock.now();
  const trip = async <T>(answer: Promise<CallResult<T>>): Promise<CallResult<T>> => {
    await new Promise<void>((resolve) => clock.setTimeout(resolve, TRIP_MS));
    return await answer;
  };
  const books = createFakeLedger({ guarantee, slots: taps, credits: 100_000 });
  const ledger: VideoLedger = {
    ...books,
    acquireSlot: (input) => trip(books.acquireSlot(input)),
    reserveCredits: (input) => trip(books.reserveCredits(input)),
    createSession: (input) => trip(books.createSession(input)),
    recordRow: (input) => trip(books.recordRow(input)),
  };
  const provider = createFakeVideoApi({ clock, isSubmitRepeatable: guarantee === "exactly-once" });
  const trips: number[] = [];
  let [expected, ids] = [0, 0];
  const engine = createEngine({
    ledger,
    api: {
      ...provider,
      expectSubmit: () => void (expected += 1),
      submit: (...asked) => {
        trips.push((clock.now() - startedAt) / TRIP_MS);
        return provider.submit(...asked);
      },
    },
    polling: defaultPollingPolicy,
    platform: { clock, random: createSeededRandom(1), createId: () => `generation-${++ids}` },
  });
  const request = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;
  for (let tap = 0; tap < taps; tap += 1) engine.generate(request, { sessionId });
  await clock.advance(60 * TRIP_MS);
  engine.dispose();
  expect(expected).toBe(taps);
  return trips;
}

test.each([
  ["exactly-once", "session-1", 2, 4],
  ["exactly-once", undefined, 3, 5],
  ["reconciled", "session-1", 3, 7],
  ["at-most-once", "session-1", 3, 7],
  ["at-most-once", undefined, 4, 8],
] as const)(
  "%s, in session %s: after %i, and the last of 20 taps after %i",
  async (guarantee, sessionId, one, last) => {
    expect(await submitsOf(guarantee, 1, sessionId)).toEqual([one]);
    const all = await submitsOf(guarantee, 20, sessionId);
    expect([all.length, all[0], all.at(-1)]).toEqual([20, one, last]);
  },
);
