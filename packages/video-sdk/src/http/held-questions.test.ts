// When the client lets the server hold a question, and how it finds out that holding does not work.
import { describe, expect, test, vi } from "vitest";
import { openHttp } from "./__fixtures__/http-world.ts";
import { htmlPage, json } from "./__fixtures__/script-fetch.ts";
import { createHeldQuestions } from "./held-questions.ts";
import type { HttpAnswer } from "./send.ts";

const answered = (body: unknown, status = 200): HttpAnswer => ({
  kind: "answered",
  status,
  body,
  retryAfterMs: undefined,
});
const OFFER = { queued: true, status: "running", canWait: true };
const OFFERED = answered(OFFER);
const PLAIN = answered({ queued: true, status: "running" });
const DONE = answered({ success: true, videos: [{ url: "https://videos.test/a.mp4" }] });
const NOTHING: HttpAnswer = { kind: "none", cause: "no-answer" };
const CUT = answered(undefined, 504);

/** Learns from answers in order; each is to a question that was held if it could be. Returns for each whether it was. */
function ask(...answers: readonly HttpAnswer[]) {
  const held = createHeldQuestions();
  const wereHeld = answers.map((answer) => {
    const wasHeld = held.isNext();
    held.learn(answer, wasHeld);
    return wasHeld;
  });
  return [...wereHeld, held.isNext()];
}

describe("questions are held", () => {
  test("from the first answer that offers it", () => {
    expect(ask(PLAIN, OFFERED, OFFERED)).toEqual([false, false, true, true]);
  });

  test("also when it was the answer to the submit", () => {
    expect(ask(answered({ queued: true, requestId: "job-1", canWait: true }))).toEqual([false, true]);
  });

  test.each([
    ["is about a finished job", DONE],
    ["says nothing of it", PLAIN],
    ["says it in another type", answered({ queued: true, canWait: "yes" })],
    ["is an error", answered(OFFER, 503)],
    ["is not there", NOTHING],
    ["is no answer of ours", answered("canWait")],
  ])("not after an answer that %s", (_, answer) => {
    expect(ask(answer)).toEqual([false, false]);
  });

  test("no more once a server stops offering it, and still after a job has ended", () => {
    expect(ask(OFFERED, PLAIN, PLAIN)).toEqual([false, true, false, false]);
    expect(ask(OFFERED, DONE, OFFERED)).toEqual([false, true, true, true]);
  });
});

describe("a held question that is one too many", () => {
  const LIMITED = answered({ error: { code: "rate-limited" } }, 429);

  test("is followed by a plain one, and is no failure of holding, however often it happens", () => {
    const times = Array.from({ length: 10 }, () => [LIMITED, OFFERED]).flat();
    expect(ask(OFFERED, ...times)).toEqual([false, ...times.map((answer) => answer === LIMITED), true]);
  });

  test("also where the plain one is refused as well", () => {
    const times = Array.from({ length: 4 }, () => [LIMITED, LIMITED, OFFERED]).flat();
    expect(ask(OFFERED, ...times).at(-1)).toBe(true);
  });

  test("and does not excuse what is cut off", () => {
    const cuts = [CUT, OFFERED, CUT, OFFERED, LIMITED, OFFERED, CUT, OFFERED];
    expect(ask(OFFERED, ...cuts).at(-1)).toBe(false);
  });
});

describe("a held question that fails", () => {
  const cut = [CUT, OFFERED];

  test("is followed by a plain one", () => {
    expect(ask(OFFERED, NOTHING, OFFERED, OFFERED)).toEqual([false, true, false, true, true]);
  });

  test("although plain ones are answered, three times in a row, is the last", () => {
    expect(ask(OFFERED, ...cut, ...cut, ...cut, OFFERED).slice(-2)).toEqual([false, false]);
    expect(ask(OFFERED, ...cut, ...cut, OFFERED, ...cut, ...cut).at(-1)).toBe(true);
  });

  test("together with the plain ones says nothing about holding", () => {
    const offline = [NOTHING, NOTHING, NOTHING, NOTHING];
    expect(ask(OFFERED, ...offline, OFFERED, OFFERED).slice(-2)).toEqual([true, true]);
  });
});

describe("a limit of held questions", () => {
  /** Asks until the limit is met, and says which questions were held. */
  const holdThree = (most?: number) => {
    const held = createHeldQuestions(most);
    held.learn(OFFERED, false);
    return { held, places: [held.hold(), held.hold(), held.hold()] };
  };

  test.each([
    [0, [false, false, false]],
    [2, [true, true, false]],
    [undefined, [true, true, true]],
  ])("of %s", (most, expected) => {
    expect(holdThree(most).places.map((place) => place !== undefined)).toEqual(expected);
  });

  test("a place is free again when its question ends, and is not offered before", () => {
    const { held, places } = holdThree(2);
    expect(held.isNext()).toBe(false);
    places[0]?.();
    expect(held.isNext()).toBe(true);
    expect(held.hold()).toBeDefined();
    expect(held.hold()).toBeUndefined();
  });
});

describe("on the wire", () => {
  const waitsOf = (requests: readonly { readonly url: string }[]) =>
    requests.map(({ url }) => new URL(url).searchParams.get("wait"));

  test("a question says how long it may be held once that was offered, and has 20 s more to be answered", async () => {
    const { submit, status, requests, clock } = openHttp([json({ ...OFFER, requestId: "job-1" }), json(OFFER), "hang"]);
    await submit();
    await status();
    const answered = vi.fn<(answer: unknown) => void>();
    void status().then(answered);
    await vi.waitFor(() => expect(requests).toHaveLength(3));
    expect(waitsOf(requests)).toEqual([null, "24", "24"]);
    await clock.advance(43_999);
    expect(answered).not.toHaveBeenCalled();
    await clock.advance(1);
    expect(answered).toHaveBeenCalledWith(expect.objectContaining({ ok: false }));
  });

  test("what an answer offers is told of a job that runs, also of one that was just accepted", async () => {
    const { submit, status } = openHttp([json({ ...OFFER, requestId: "job-1" }), json(OFFER)]);
    expect(await submit()).toMatchObject({ value: { kind: "accepted", canHold: true } });
    const plain = openHttp([json({ queued: true, requestId: "job-1" }), json({ queued: true }), json(OFFER)]);
    expect(await plain.submit()).not.toHaveProperty("value.canHold");
    expect(await plain.status()).not.toHaveProperty("value.canHold");
    expect(await plain.status()).toMatchObject({ value: { kind: "pending", canHold: true } });
    // It was asked to hold, and answered at once: it does not do what it says.
    expect(await status()).toEqual({ ok: true, value: { kind: "pending" } });
  });

  test.each([
    ["a job that is told to run after 10 s", OFFER, 10_000, true],
    ["a job that is told to run sooner", OFFER, 9_999, false],
    ["a video that comes after 2 s", { success: true, videos: [{ url: "https://videos.test/a.mp4" }] }, 2_000, true],
    ["a video that comes sooner", { success: true, videos: [{ url: "https://videos.test/a.mp4" }] }, 1_999, false],
    ["a failure", { success: false, error: "no", code: "provider-failed" }, 20_000, false],
  ])("the question about %s counts as held or not", async (_, body, afterMs, wasHeld) => {
    let answer = (): void => undefined;
    const late = async (): Promise<Response> => {
      await new Promise<void>((resolve) => void (answer = resolve));
      return json(body);
    };
    const { submit, status, requests, clock } = openHttp([json({ ...OFFER, requestId: "job-1" }), late]);
    await submit();
    const answering = status();
    await vi.waitFor(() => expect(requests).toHaveLength(2));
    clock.jump(afterMs);
    answer();
    expect(await answering).toMatchObject({ ok: true, value: wasHeld ? { wasHeld } : {} });
    if (!wasHeld) expect(await answering).not.toHaveProperty("value.wasHeld");
  });

  test("a server that does not offer it is never asked to", async () => {
    const pending = () => json({ queued: true, status: "IN_PROGRESS" });
    const { submit, status, requests } = openHttp([json({ queued: true, requestId: "job-1" }), pending(), pending()]);
    for (const send of [submit, status, status]) await send();
    expect(waitsOf(requests)).toEqual([null, null, null]);
  });

  test("a proxy that hangs up on a held question is met with a plain one", async () => {
    const { status, requests } = openHttp([json(OFFER), htmlPage(504), json(OFFER), json(OFFER)]);
    for (let asked = 0; asked < 4; asked += 1) await status();
    expect(waitsOf(requests)).toEqual([null, "24", null, "24"]);
  });

  test("beyond the limit questions are plain, so that a connection is left for the next submit", async () => {
    const { submit, status, requests } = openHttp(
      [json({ ...OFFER, requestId: "job-1" }), "hang", "hang", json(OFFER)],
      {},
      2,
    );
    await submit();
    void status();
    void status();
    expect(await status()).toEqual({ ok: true, value: { kind: "pending" } });
    expect(waitsOf(requests)).toEqual([null, "24", "24", null]);
  });

  test("a question that was called off is no failure of holding", async () => {
    const { api, status, requests } = openHttp([json(OFFER), "hang", json(OFFER)]);
    await status();
    const caller = new AbortController();
    const job = { job: { requestId: "job-1" }, model: "vid-veo-3.1" } as const;
    const called = api.status(job, { signal: caller.signal });
    await vi.waitFor(() => expect(requests).toHaveLength(2));
    caller.abort();
    await called;
    await status();
    expect(waitsOf(requests)).toEqual([null, "24", "24"]);
  });
});
