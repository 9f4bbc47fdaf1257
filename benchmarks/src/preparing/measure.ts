// How many round trips pass until the paid submit leaves, on a simulated clock: a network in which every call takes the same time.
import { createVideoEngine } from "@video-engine/video-sdk";
import { createSeededRandom, createTestClock } from "@video-engine/video-sdk/testing";
import { backendAnswer } from "../transport.ts";

/** What is measured. */
export interface Taps {
  readonly guarantee: "exactly-once" | "at-most-once";
  /** Generations that are started in the same moment. */
  readonly taps: number;
  /** Whether the session is known. Otherwise each generation creates one. */
  readonly hasSession: boolean;
}

const ROUND_TRIP_MS = 100;

/** After how many round trips the submits leave, the first one first. A token is one round trip, as where the sign-in has none in its cache. */
export async function measureSubmits({ guarantee, taps, hasSession }: Taps): Promise<readonly number[]> {
  const clock = createTestClock();
  const beganAt = clock.now();
  const left: number[] = [];
  let calls = 0;
  const afterATrip = <T>(value: T): Promise<T> =>
    new Promise((resolve) => clock.setTimeout(() => resolve(value), ROUND_TRIP_MS));
  const engine = createVideoEngine({
    // Every Convex client takes a plain name for a reference, so that is what comes here.
    convex: { mutation: (name) => afterATrip(backendAnswer(name as unknown as string, ++calls)) },
    http: {
      baseUrl: "https://app.test",
      getToken: () => afterATrip("token"),
      fetch(_, init) {
        if (init?.method?.toUpperCase() === "POST") left.push((clock.now() - beganAt) / ROUND_TRIP_MS);
        return afterATrip(Response.json({ queued: true, requestId: `job-${left.length}` }));
      },
    },
    platform: { clock, random: createSeededRandom(1) },
    user: "user-1",
    backend: { takesOperationIds: guarantee === "exactly-once" },
  });
  const options = hasSession ? { sessionId: "session-1" } : {};
  for (let tap = 0; tap < taps; tap += 1)
    engine.generate({ model: "vid-veo-3.1", prompt: `a corgi surfing, ${tap}` }, options);
  await clock.advance(100 * ROUND_TRIP_MS);
  engine.dispose();
  return left;
}
