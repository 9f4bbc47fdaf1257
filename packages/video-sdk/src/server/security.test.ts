// The security checklist of these routes, row by row: what is tried, and that it changes nothing.
import { describe, expect, test, vi } from "vitest";
import {
  BAD_BODIES,
  BAD_KEYS,
  BAD_MODEL_IDS,
  BAD_SIGN_INS,
  EVIL_ENDPOINTS,
  EVIL_REQUEST_IDS,
} from "./__fixtures__/bad-inputs.ts";
import { createRoutesWorld, GOOD, KEY, MODEL, SECRET, type Answered } from "./__fixtures__/routes-world.ts";
import { createRequestHandles } from "./request-handles.ts";

type World = ReturnType<typeof createRoutesWorld>;

/** A world in which u1 has a job, and what the provider has been asked so far. */
async function withJob(world: World = createRoutesWorld()) {
  const requestId = String((await world.generate(GOOD)).body.requestId);
  const before = [...world.fal.calls];
  const asked = () => [...world.fal.calls.slice(before.length), ...world.kie.calls];
  return { ...world, requestId, asked };
}

/** The status of a refusal with an error of ours; of anything else what it was instead. */
function refusal(answer: Answered): unknown {
  return isRefusal(answer) ? answer.status : answer;
}

/** With a title that can be read. */
function titled(input: string): [string, string] {
  return [JSON.stringify(input).slice(0, 60), input];
}

/** What of a row got through: bodies that were not refused with an error of ours, and calls to a provider. Should be nothing. */
async function getsThrough(row: number): Promise<string[]> {
  const world = createRoutesWorld();
  const through: string[] = [];
  for (const { name, body } of BAD_BODIES.filter((bad) => bad.row === row)) {
    const answer = await world.generate(body);
    if (!isRefusal(answer)) through.push(`${answer.status} ${name}`);
  }
  return [...through, ...world.fal.calls, ...world.kie.calls];
}

function isRefusal({ status, body }: Answered): boolean {
  return status >= 400 && status < 500 && typeof body.error?.code === "string";
}

test("at least 300 bad inputs are tried, each of them once", () => {
  const distinct = new Set(BAD_BODIES.map(({ body }) => body)).size + EVIL_REQUEST_IDS.length + BAD_KEYS.length;
  expect(distinct).toBeGreaterThanOrEqual(300);
  expect(new Set(BAD_BODIES.map(({ body }) => body)).size).toBe(BAD_BODIES.length);
});

describe("1 key leak by endpoint", () => {
  test("a submit that names where to send it is refused", async () => {
    expect(await getsThrough(1)).toEqual([]);
  });

  test.each(EVIL_ENDPOINTS.map(titled))(
    "a question that names %s goes where the registry says",
    async (_, endpoint) => {
      const { status, requestId, asked, fal } = await withJob();
      expect((await status({ requestId, endpoint, url: endpoint })).status).toBe(200);
      expect(asked()).toEqual([`GET https://queue.fal.run/fal-ai/veo3.1/requests/${fal.jobs[0]?.id}/status?logs=0`]);
    },
  );
});

describe("2 path injection by request id", () => {
  test.each(EVIL_REQUEST_IDS.map(titled))("%s finds nothing, and no provider is called", async (_, requestId) => {
    const { status, cancel, asked } = await withJob();
    expect(refusal(await status({ requestId, modelId: MODEL }))).toBe(404);
    // A body that long is not even read.
    expect(refusal(await cancel({ requestId, modelId: MODEL }))).toBe(requestId.length > 4000 ? 413 : 404);
    expect(asked()).toEqual([]);
  });
});

describe("3 another's job", () => {
  test("is refused to any other user, by its request id, and no provider is asked", async () => {
    const { status, cancel, requestId, asked } = await withJob();
    for (const user of ["u2", "U1", "u1 ", "u", "u11"].map((name) => name.trim()).filter((name) => name !== "u1")) {
      expect(refusal(await status({ requestId, modelId: MODEL }, { user }))).toBe(401);
      expect(refusal(await cancel({ requestId, modelId: MODEL }, { user }))).toBe(401);
    }
    expect(asked()).toEqual([]);
  });

  test.each(BAD_MODEL_IDS.filter((id) => id !== ""))("is not found as one of %s", async (modelId) => {
    const { status, cancel, requestId, asked } = await withJob();
    expect(refusal(await status({ requestId, modelId }))).toBe(404);
    expect(refusal(await cancel({ requestId, modelId }))).toBe(404);
    expect(asked()).toEqual([]);
  });

  test("is not found with a request id that another server signed, or that has expired", async () => {
    const { status, clock, requestId, asked } = await withJob();
    const job = { jobId: "00000000-0000-4000-8000-000000000001", modelId: MODEL, provider: "fal" } as const;
    const foreign = createRequestHandles({ signingSecret: SECRET.toUpperCase(), clock });
    expect(refusal(await status({ requestId: await foreign.issuer()(job, "u1") }))).toBe(404);
    clock.jump(14 * 86_400_000);
    expect(refusal(await status({ requestId }))).toBe(404);
    expect(asked()).toEqual([]);
  });
});

describe("4 a price of the caller's choice", () => {
  test("whatever a body says of money or as a setting is refused", async () => {
    expect(await getsThrough(4)).toEqual([]);
  });

  test("the reservation is asked for with the price of what is really made", async () => {
    const asked: number[] = [];
    const verifyReservation = ({ credits }: { credits: number }) => asked.push(credits) > 0;
    const { generate } = createRoutesWorld({ verifyReservation });
    await generate({ ...GOOD, duration: 4 }, { key: "generation-4s" });
    await generate({ ...GOOD, duration: 8 }, { key: "generation-8s" });
    expect(asked[1]).toBeGreaterThan(asked[0] ?? 0);
  });

  test("one reservation does not pay for two: its generation's key is used up", async () => {
    const { generate, fal } = createRoutesWorld({ verifyReservation: () => true });
    await generate(GOOD, { key: KEY });
    expect(refusal(await generate({ ...GOOD, prompt: "another one" }, { key: KEY }))).toBe(422);
    expect(refusal(await generate(GOOD))).toBe(400);
    expect(fal.jobs).toHaveLength(1);
  });
});

test("5 amounts: none is read from a body", async () => {
  expect(await getsThrough(5)).toEqual([]);
});

test("6 addresses that reach inside are refused", async () => {
  expect(await getsThrough(6)).toEqual([]);
});

describe("8 sign-in on every route", () => {
  test.each(BAD_SIGN_INS)("%j is not signed in, also where the rest is right", async (headers) => {
    const { generate, status, cancel, requestId, asked } = await withJob();
    const signedOut = { user: "", headers };
    expect(refusal(await generate(GOOD, signedOut))).toBe(401);
    expect(refusal(await status({ requestId, token: "u1", access_token: "u1" }, signedOut))).toBe(401);
    expect(refusal(await cancel({ requestId, token: "u1" }, signedOut))).toBe(401);
    expect(asked()).toEqual([]);
  });

  test("a body is not even read for a caller who is not signed in", async () => {
    const { generate } = createRoutesWorld();
    expect(refusal(await generate("{ not json", { user: "" }))).toBe(401);
  });
});

describe("9 rate limits", () => {
  const limited = (rateLimits: object) => withJob(createRoutesWorld({ rateLimits }));

  test("of 100 submits at the same time 10 pass, and the others learn when to come back", async () => {
    const { generate, fal } = createRoutesWorld({ rateLimits: {} });
    const answers = await Promise.all(Array.from({ length: 100 }, () => generate(GOOD)));
    const refused = answers.filter(({ status }) => status === 429);
    expect([refused.length, fal.jobs.length]).toEqual([90, 10]);
    for (const { headers, body } of refused) {
      expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
      expect(body.error).toMatchObject({ code: "rate-limited", details: { bucket: "vid-fal:1m" } });
    }
  });

  test("of 1,000 questions in a minute 600 pass; a question each second always does", async () => {
    const { status, requestId } = await limited({});
    const answers = await Promise.all(Array.from({ length: 1000 }, () => status({ requestId })));
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(600);
  });

  test("one user's limit, and one route's, is not another's", async () => {
    const { generate, status, requestId } = await limited({ submit: { perMinute: 1 } });
    expect(refusal(await generate(GOOD))).toBe(429);
    expect((await generate(GOOD, { user: "u2" })).status).toBe(200);
    expect((await status({ requestId })).status).toBe(200);
  });

  test("is counted before the body is read, and only for a signed-in user", async () => {
    const { generate } = createRoutesWorld({ rateLimits: { submit: { perMinute: 1 } } });
    expect(refusal(await generate("{", { user: "" }))).toBe(401);
    expect(refusal(await generate("{"))).toBe(400);
    expect(refusal(await generate("{"))).toBe(429);
  });
});

describe("10 bodies", () => {
  test("of any other shape are refused", async () => {
    expect(await getsThrough(10)).toEqual([]);
  });

  test("whose prompt holds NUL or turns the direction of writing are sent without them", async () => {
    const { generate, fal } = createRoutesWorld();
    await generate(JSON.stringify(GOOD).replace("corgi", "corgi\\u0000\\u202e"));
    expect(fal.jobs).toMatchObject([{ input: { prompt: GOOD.prompt } }]);
  });
});

test("11 fields that would be passed on are refused", async () => {
  expect(await getsThrough(11)).toEqual([]);
});

describe("12 the idempotency store", () => {
  test("20 submits at the same time with one key make one job", async () => {
    const { generate, fal } = createRoutesWorld();
    const answers = await Promise.all(Array.from({ length: 20 }, () => generate(GOOD, { key: KEY })));
    expect(fal.jobs).toHaveLength(1);
    const [first] = answers.filter(({ status }) => status === 200);
    const others = answers.filter((answer) => answer !== first);
    expect(others.map(({ status }) => status)).toEqual(others.map(() => 409));
    for (const { headers } of others) expect(headers.get("retry-after")).toBe("5");
    expect((await generate(GOOD, { key: KEY })).body).toEqual(first?.body);
  });

  test("the same key for another body is refused, and for another user another key", async () => {
    const { generate, fal } = createRoutesWorld();
    await generate(GOOD, { key: KEY });
    const refused = await generate({ ...GOOD, duration: 4 }, { key: KEY });
    expect(refusal(refused)).toBe(422);
    expect(refused.body.error.code).toBe("key-reused");
    expect((await generate({ ...GOOD, duration: 4 }, { key: KEY, user: "u2" })).status).toBe(200);
    expect(fal.jobs).toHaveLength(2);
  });

  test("the order of fields makes no other body", async () => {
    const { generate } = createRoutesWorld();
    const first = await generate(GOOD, { key: KEY });
    const backwards = Object.fromEntries(Object.entries(GOOD).reverse());
    expect((await generate(backwards, { key: KEY })).body).toEqual(first.body);
  });

  test("an unknown outcome is answered as that again, and nothing is sent", async () => {
    const { generate, fal } = createRoutesWorld();
    fal.playNext("submit-reset-accepted");
    const first = await generate(GOOD, { key: KEY });
    expect(await generate(GOOD, { key: KEY })).toMatchObject({ status: 502, body: first.body });
    expect(fal.jobs).toHaveLength(1);
  });

  test("a refusal by the provider frees the key", async () => {
    const { generate, fal } = createRoutesWorld();
    fal.playNext("submit-429");
    expect(refusal(await generate(GOOD, { key: KEY }))).toBe(429);
    expect((await generate(GOOD, { key: KEY })).status).toBe(200);
    expect(fal.jobs).toHaveLength(1);
  });

  test.each(BAD_KEYS.filter((key) => /^[\0-\xff]*$/.test(key)))("the key %j is refused", async (key) => {
    const { generate, fal } = createRoutesWorld();
    expect(refusal(await generate(GOOD, { key }))).toBe(400);
    expect(fal.calls).toEqual([]);
  });
});

test("15 no answer lets another origin read it", async () => {
  const { generate, status, requestId } = await withJob();
  for (const origin of ["null", "https://ok.evil.com", "https://app.example"]) {
    for (const answer of [
      await generate(GOOD, { headers: { origin } }),
      await status({ requestId }, { headers: { origin } }),
    ]) {
      expect([...answer.headers.keys()].filter((name) => name.startsWith("access-control-"))).toEqual([]);
      expect(answer.headers.get("cache-control")).toBe("no-store");
    }
  }
});

describe("16 secrets and prompts", () => {
  const SECRET_OF_ALL = "taint-secret-".repeat(4);

  test("are in no answer and in no event, whatever happens", async () => {
    const options = { signingSecret: SECRET_OF_ALL, cronSecret: SECRET_OF_ALL, rateLimits: {} };
    const { generate, status, cancel, fal, events, clock } = createRoutesWorld(options);
    // The user's id is meant to be in events; here it is the token, to see that the token is nowhere else.
    const caller = { user: "taint-token", key: KEY };
    const url = "https://cdn.example/taint-url.png?signature=taint-signature";
    const body = { ...GOOD, prompt: "taint-prompt", attachmentImageUrl: url };
    const answers = [await generate(body, caller), await generate(body, caller), await generate(GOOD, caller)];
    const requestId = String(answers[0]?.body.requestId);
    for (const scenario of ["submit-429", "submit-403-no-balance", "submit-reset-accepted", "submit-422"] as const) {
      fal.playNext(scenario);
      answers.push(await generate(body, { user: caller.user }));
    }
    answers.push(await generate({ ...body, aspectRatio: "1:1" }, { user: caller.user }));
    clock.jump(1000);
    answers.push(await status({ requestId }, caller), await status({ requestId: SECRET_OF_ALL }, caller));
    answers.push(await cancel({ requestId }, caller));
    const said = JSON.stringify([answers.map((answer) => answer.body), events.map(withoutUser)]);
    expect(said).not.toMatch(/taint-|id:secret/);
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 422, 429, 503, 502, 422, 400, 200, 404, 200]);
  });

  function withoutUser(event: object): object {
    return { ...event, userId: undefined };
  }
});

describe("23 several jobs on one slot", () => {
  test.each([
    ["the slot of another", () => false],
    ["a slot that is closed", () => false],
    ["no slot at all", () => JSON.parse("null")],
  ])("a submit with %s is refused by the app's own check, before the provider", async (_, verify) => {
    const verifyReservation = vi.fn<() => boolean>(verify);
    const { generate, fal } = createRoutesWorld({ verifyReservation });
    expect(refusal(await generate(GOOD, { key: KEY }))).toBe(402);
    expect(verifyReservation).toHaveBeenCalledWith(expect.objectContaining({ userId: "u1", generationId: KEY }));
    expect(fal.calls).toEqual([]);
  });
});

test("24 an unknown, a tampered and an expired request id look alike", async () => {
  const { status, cancel, requestId, clock } = await withJob();
  const ask = [(id: string) => status({ requestId: id }), (id: string) => cancel({ requestId: id })];
  for (const askOne of ask) {
    const answers = [await askOne("never-was"), await askOne(`${requestId.slice(0, -1)}A`)];
    clock.jump(14 * 86_400_000);
    answers.push(await askOne(requestId));
    clock.jump(-14 * 86_400_000);
    const looks = answers.map((answer) => JSON.stringify([answer.status, answer.body, [...answer.headers]]));
    expect(new Set(looks).size).toBe(1);
    expect(looks[0]).toContain("There is no such generation.");
  }
});
