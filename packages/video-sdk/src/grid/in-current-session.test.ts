// A burst of generations shares one session, and a later generation joins the session that is shown.
import { describe, expect, test } from "vitest";
import { defaultPollingPolicy } from "../core/polling-policy.ts";
import { createEngine } from "../engine/create-engine.ts";
import { createFakeLedger } from "../testing/fake-ledger.ts";
import { createFakeVideoApi } from "../testing/fake-video-api.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { createFakeSessionReader, sessionWith } from "./__fixtures__/fake-session-reader.ts";
import { createSessionList } from "./create-session-list.ts";
import { inCurrentSession } from "./in-current-session.ts";

function setUp() {
  const clock = createTestClock();
  const ledger = createFakeLedger({ credits: 10_000 });
  const reader = createFakeSessionReader();
  const sessions = createSessionList(reader);
  let ids = 0;
  const engine = createEngine({
    api: createFakeVideoApi({ clock }),
    polling: defaultPollingPolicy,
    ledger: inCurrentSession(ledger, sessions),
    platform: { clock, random: () => 0.5, createId: () => `generation-${++ids}` },
  });
  const generate = () => engine.generate({ model: "vid-veo-3.1", prompt: "a corgi surfing" });
  const sessionIds = () => engine.list().map(({ sessionId }) => sessionId);
  return { clock, ledger, reader, sessions, generate, sessionIds };
}

describe("a generation that is given no session", () => {
  test("shares the one that the first of its burst has made", async () => {
    const { clock, ledger, generate, sessionIds } = setUp();
    for (const _ of [1, 2, 3]) generate();
    await clock.advance(600_000);
    expect([sessionIds(), ledger.books.sessions.length]).toEqual([["session-1", "session-1", "session-1"], 1]);
    ledger.assertBalanced();
  });

  test("goes to the session that is shown by the time it needs one", async () => {
    const { clock, ledger, reader, sessions, generate, sessionIds } = setUp();
    generate();
    sessions.subscribe(() => undefined);
    reader.sessions.say([sessionWith("s1")]);
    await clock.advance(600_000);
    expect([sessionIds(), ledger.books.sessions]).toEqual([["s1"], []]);
  });
});

describe("a session that is made", () => {
  test("is one for all that need it at once, and is shown from then on", async () => {
    const { books, createSession, sessions } = alone();
    expect(await Promise.all([createSession(INPUT), createSession(INPUT)])).toMatchObject([
      { value: "session-1" },
      { value: "session-1" },
    ]);
    expect([sessions.getSnapshot().currentId, await createSession(INPUT)]).toMatchObject([
      "session-1",
      { value: "session-1" },
    ]);
    expect(books.sessions).toHaveLength(1);
  });

  test("does not take the place of one that was selected meanwhile", async () => {
    const { createSession, sessions } = alone();
    const made = createSession(INPUT);
    sessions.select("s7");
    expect(await made).toMatchObject({ value: "session-1" });
    expect(sessions.getSnapshot().currentId).toBe("s7");
  });

  test("that is refused is refused for all that wait, and the next one tries again", async () => {
    const { createSession, failNext } = alone();
    failNext("createSession", { refused: "rate-limited" });
    expect(await Promise.all([createSession(INPUT), createSession(INPUT)])).toMatchObject([
      { ok: false },
      { ok: false },
    ]);
    expect(await createSession(INPUT)).toMatchObject({ value: "session-1" });
  });
});

const INPUT = { title: "Corgis", key: "key" };

/** The ledger without an engine over it. */
function alone() {
  const { books, failNext, ...ledger } = createFakeLedger();
  const sessions = createSessionList(createFakeSessionReader());
  return { books, failNext, sessions, createSession: inCurrentSession(ledger, sessions).createSession };
}
