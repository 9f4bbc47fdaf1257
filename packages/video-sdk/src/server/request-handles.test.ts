// Request ids: they work for one user and a time, and whatever else is tried finds nothing.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createTestClock } from "../testing/test-clock.ts";
import { bytesOf, signText, toBase64Url } from "./hmac.ts";
import { createRequestHandles, type IssueRequestId, type RequestHandlesOptions } from "./request-handles.ts";

const SECRET = "a signing secret of 32 characters";
const NEXT_SECRET = "the next signing secret of the app";
const JOB = { jobId: "00000000-0000-4000-8000-000000000001", modelId: "vid-veo-3.1", provider: "fal" } as const;
const DAY_MS = 86_400_000;

function setUp(options: Partial<RequestHandlesOptions> = {}) {
  const clock = createTestClock();
  const handles = createRequestHandles({ signingSecret: SECRET, clock, ...options });
  const issue: IssueRequestId = async (job, userId) => await handles.issuer()(job, userId);
  return { clock, ...handles, issue };
}

describe("a request id", () => {
  test("names its job to the user it was issued to", async () => {
    const { issue, open } = setUp();
    expect(await open(await issue(JOB, "u1"), "u1")).toEqual(JOB);
  });

  test("is short, safe in a URL, and does not show the user", async () => {
    const { issue } = setUp();
    const longest = { ...JOB, jobId: "x".repeat(128), modelId: "kie-seedance-1.5-pro-transition" } as const;
    const handle = await issue(longest, "user_2abcdefghijklmnop".repeat(20));
    expect(handle).toMatch(/^v1\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{43}$/);
    expect(handle.length).toBeLessThan(500);
    expect(atob(handle.split(".")[1] ?? "")).not.toContain("user_2");
  });

  test.each([
    ["of one character", "7"],
    ["of seven", "abc-123"],
    ["with slashes, as an operation has", "projects/p/locations/l/operations/42"],
    ["that looks like a path", "../../other?x=1#y"],
    ["with quotes and backslashes", "\"'\\%2e"],
    ["of white space", " "],
    ["in another script", "работа-工作-🎬"],
    ["of the greatest length", "🎬".repeat(512)],
  ])("names a job whose id is one %s", async (_, jobId) => {
    const { issue, open } = setUp();
    const handle = await issue({ ...JOB, jobId, modelId: "kie-seedance-1.5-pro-transition" }, "u1");
    expect(await open(handle, "u1")).toMatchObject({ jobId });
    expect(handle.length).toBeLessThanOrEqual(3500);
  });

  test.each([
    ["another user", "u2"],
    ["a user whose id begins alike", "u11"],
    ["no user", ""],
    ["a user id that tries to move the border", "u1\n"],
  ])("says to %s that it belongs to another one, and nothing of the job", async (_, userId) => {
    const { issue, open } = setUp();
    const refused = open(await issue(JOB, "u1"), userId);
    await expect(refused).rejects.toMatchObject({ code: "not-signed-in", details: { reason: "another-user" } });
    await expect(refused).rejects.not.toMatchObject({ message: expect.stringContaining(JOB.jobId) });
  });

  test("works for 14 days and no longer", async () => {
    const { issue, open, clock } = setUp();
    const handle = await issue(JOB, "u1");
    clock.jump(14 * DAY_MS - 1000);
    expect(await open(handle, "u1")).toEqual(JOB);
    clock.jump(1000);
    await expect(open(handle, "u1")).rejects.toMatchObject({ code: "not-found", cause: "The request id is expired." });
  });

  test("works as long as the app says", async () => {
    const { issue, open, clock } = setUp({ requestIdLifetimeMs: 5000 });
    const handle = await issue(JOB, "u1");
    clock.jump(4000);
    expect(await open(handle, "u1")).toEqual(JOB);
    clock.jump(1000);
    await expect(open(handle, "u1")).rejects.toMatchObject({ code: "not-found" });
  });

  test("outlives a change of the secret while the old one is still given, and the new one signs", async () => {
    const old = await setUp().issue(JOB, "u1");
    const both = setUp({ signingSecret: () => [NEXT_SECRET, SECRET] });
    expect(await both.open(old, "u1")).toEqual(JOB);
    const fresh = await both.issue(JOB, "u1");
    const afterwards = setUp({ signingSecret: NEXT_SECRET });
    expect(await afterwards.open(fresh, "u1")).toEqual(JOB);
    await expect(afterwards.open(old, "u1")).rejects.toMatchObject({ code: "not-found" });
  });
});

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])("a lifetime of %s ms is refused", (requestIdLifetimeMs) => {
  expect(() => setUp({ requestIdLifetimeMs })).toThrow("requestIdLifetimeMs must be a number above 0");
});

describe("a request id that was not issued", () => {
  test("is refused after any change of one character", async () => {
    const { issue, open } = setUp();
    const handle = await issue(JOB, "u1");
    for (let place = 0; place < handle.length; place += 1) {
      const other = handle[place] === "A" ? "B" : "A";
      const changed = handle.slice(0, place) + other + handle.slice(place + 1);
      await expect(open(changed, "u1")).rejects.toMatchObject({ code: "not-found" });
    }
  });

  test("is refused however it is put together, and never breaks anything", async () => {
    const { open } = setUp();
    const part = fc.oneof(
      fc.string(),
      fc.base64String().map((text) => text.replaceAll("=", "")),
      fc.constant("v1"),
    );
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(part, { maxLength: 5 }).map((parts) => parts.join(".")),
    );
    const run = async (handle: string) => {
      await expect(open(handle, "u1")).rejects.toMatchObject({ code: "not-found" });
    };
    await fc.assert(fc.asyncProperty(text, run), { numRuns: 500, seed: 1 });
  });

  test.each([
    ["nothing of a job", {}],
    ["an id that would reach another path", { j: "..", m: JOB.modelId, p: "fal", u: "", iat: 0, exp: 9e9 }],
    ["a model that is gone", { j: JOB.jobId, m: "vid-gone", p: "fal", u: "", iat: 0, exp: 9e9 }],
    ["an end that is no number", { j: JOB.jobId, m: JOB.modelId, p: "fal", u: "", iat: 0, exp: "never" }],
  ])("is refused even with our signature where it holds %s", async (_, payload) => {
    const text = `v1.${toBase64Url(bytesOf(JSON.stringify(payload)))}`;
    const handle = `${text}.${await signText(`video-engine request id\n${text}`, SECRET)}`;
    await expect(setUp().open(handle, "u1")).rejects.toMatchObject({ code: "not-found" });
  });
});
