// Copies over real connections on the loopback: from a server that plays a provider's file host, into a real S3-compatible one.
import { createServer, type RequestListener, type Server } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { createTestClock, type TestClock } from "../../testing/test-clock.ts";
import { startS3, type TestS3 } from "@video-engine/test-servers";
import { s3Storage } from "../uploads/s3-storage.ts";
import { userVideoFolder } from "../uploads/user-folder.ts";
import { createRehost, type RehostOptions } from "./create-rehost.ts";

const HOST = "tempfile.aiquickdraw.com";
const VIDEO_URL = `https://${HOST}/seedance/a.mp4`;
const USER = { userId: "user_2abc", modelId: "kie-wan-2.5" } as const;
const VIDEO = Uint8Array.from({ length: 3_000_000 }, (_, index) => index % 251);
let s3: TestS3;
let host: Server;
let answer: RequestListener;
const asked: string[] = [];

beforeAll(async () => {
  s3 = await startS3();
  host = createServer((request, response) => {
    asked.push(request.url ?? "");
    answer(request, response);
  });
  await new Promise<void>((resolve) => void host.listen(0, "127.0.0.1", resolve));
});
afterEach(() => {
  asked.length = 0;
});
afterAll(async () => {
  host.closeAllConnections();
  host.close();
  await s3.stop();
});

const serve =
  (headers: Record<string, string | number> = {}, bytes = VIDEO): RequestListener =>
  (_, response) => {
    response.writeHead(200, { "content-type": "video/mp4", "content-length": bytes.length, ...headers }).end(bytes);
  };

function setUp(options: Partial<RehostOptions> = {}) {
  const { endpoint, bucket, keyId } = s3;
  const publicBaseUrl = `${endpoint}/${bucket}`;
  const key = { accessKeyId: keyId, secretAccessKey: keyId };
  const storage = s3Storage({ endpoint, bucket, region: "auto", ...key, publicBaseUrl });
  const address = host.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  // The one step that the loopback cannot do: the provider's name and its certificate.
  const puts: string[] = [];
  const reach: RehostOptions["fetch"] = async (input, init) => {
    const url = input instanceof Request ? input.url : input.toString();
    if (init?.method === "PUT") puts.push(url);
    return await fetch(url.replace(`https://${HOST}`, `http://127.0.0.1:${port}`), init);
  };
  return { rehost: createRehost({ storage, fetch: reach, allowedHosts: [HOST], ...options }), puts };
}

describe("a copy from http on this machine", () => {
  const localUrl = () => {
    const address = host.address();
    return `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}/files/a.mp4`;
  };

  test("is made where the app allows it", async () => {
    answer = serve();
    const { rehost } = setUp({ allowsLoopback: true, allowedHosts: [] });
    const copy = await fetch(await rehost(localUrl(), USER));
    expect(Buffer.from(await copy.arrayBuffer()).equals(VIDEO)).toBe(true);
  });

  test("is refused otherwise, and nothing is asked for", async () => {
    answer = serve();
    await expect(setUp({ allowedHosts: ["127.0.0.1", ".127.0.0.1"] }).rehost(localUrl(), USER)).rejects.toThrow(
      "names a port",
    );
    expect(asked).toEqual([]);
  });

  test.each(["http://10.0.0.1/a.mp4", "http://169.254.169.254/a.mp4", "http://127.0.0.1.evil.example/a.mp4"])(
    "does not open the way to %s",
    async (url) => {
      const { rehost } = setUp({ allowsLoopback: true, allowedHosts: [] });
      await expect(rehost(url, USER)).rejects.toThrow("is not copied");
      expect(asked).toEqual([]);
    },
  );
});

describe("a copy", () => {
  test("has the same bytes and type, under a key of the user's", async () => {
    answer = serve();
    const url = await setUp().rehost(VIDEO_URL, USER);
    expect(url).toMatch(new RegExp(`/${await userVideoFolder(USER.userId)}/[0-9a-f]{32}\\.mp4$`));
    const copy = await fetch(url);
    expect(copy.headers.get("content-type")).toBe("video/mp4");
    expect(Buffer.from(await copy.arrayBuffer()).equals(VIDEO)).toBe(true);
  });

  test("is made once for questions at the same time and later ones, and has the same URL after a restart", async () => {
    answer = serve();
    const { rehost, puts } = setUp();
    const urls = await Promise.all([rehost(VIDEO_URL, USER), rehost(VIDEO_URL, USER)]);
    urls.push(await rehost(VIDEO_URL, USER), await setUp().rehost(VIDEO_URL, USER));
    expect([new Set(urls).size, puts.length]).toEqual([1, 1]);
    expect(await rehost(VIDEO_URL, { ...USER, userId: "another" })).not.toBe(urls[0]);
    expect(await rehost(`${VIDEO_URL}?2`, USER)).not.toBe(urls[0]);
  });

  test.each([
    ["video/quicktime", "/a.bin", "mov"],
    ["Video/MP4; codecs=avc1", "/a", "mp4"],
    ["video/webm", "/a.mp4", "webm"],
    ["application/octet-stream", "/a.MP4?x", "mp4"],
  ])("of %s at %s ends in .%s", async (type, path, extension) => {
    answer = serve({ "content-type": type }, VIDEO.slice(0, 10));
    expect(await setUp().rehost(`https://${HOST}${path}`, USER)).toMatch(new RegExp(`\\.${extension}$`));
  });

  test("that failed is tried again at the next question", async () => {
    const { rehost } = setUp();
    answer = (_, response) => void response.writeHead(403).end();
    await expect(rehost(VIDEO_URL, USER)).rejects.toThrow("403");
    answer = serve();
    expect(await rehost(VIDEO_URL, USER)).toContain(".mp4");
  });
});

describe("nothing is stored of", () => {
  test.each<[string, RequestListener, string]>([
    ["an error page", (_, response) => void response.writeHead(404).end("<html>"), "answered with 404"],
    [
      "a redirect, wherever it leads",
      (_, response) => void response.writeHead(302, { location: "http://169.254.169.254/" }).end(),
      "answered with 302",
    ],
    ["a page", serve({ "content-type": "text/html" }), "no video"],
    ["something unnamed", serve({ "content-type": "" }), "no video"],
    ["a file above the limit", serve({}, new Uint8Array(4_000_001)), "larger than 4000000"],
    [
      "a file without a length",
      (_, response) => void response.writeHead(200, { "content-type": "video/mp4" }).end("x"),
      "how long",
    ],
    ["an empty file", serve({}, new Uint8Array()), "how long"],
    ["a file that comes encoded", serve({ "content-encoding": "br" }, new Uint8Array(9)), "how long"],
  ])("%s", async (_, answering, why) => {
    answer = answering;
    const { rehost, puts } = setUp({ maxBytes: 4_000_000 });
    await expect(rehost(VIDEO_URL, USER)).rejects.toThrow(why);
    expect([puts, asked.length]).toEqual([[], 1]);
  });

  test("a file that breaks off", async () => {
    answer = (_, response) => {
      response.writeHead(200, { "content-type": "video/mp4", "content-length": 2000 });
      response.write(new Uint8Array(1000), () => response.destroy());
    };
    const clock = createTestClock();
    const { rehost, puts } = setUp({ clock });
    const copying = rehost(`https://${HOST}/broken.mp4`, USER).catch((error: unknown) => error);
    expect(await ended(copying, clock)).toMatchObject({
      message: "The copy broke off.",
      cause: { message: "fetch failed" },
    });
    expect([puts.length, clock.pending]).toEqual([3, 0]);
    const key = new URL(puts[0] ?? "").pathname;
    expect((await fetch(s3.endpoint + key)).status).toBe(404);
  });

  test.each([
    "http://evil.example/a.mp4",
    "https://evil.example/a.mp4",
    "https://tempfile.aiquickdraw.com.evil.example/a.mp4",
    "https://tempfile.aiquickdraw.com@169.254.169.254/",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:video/mp4;base64,%%%",
    "data:video/mp4,",
    `https://tempfile.aiquickdraw.com/${"x".repeat(70_000)}`,
  ])("%.60s, which is not even asked for", async (url) => {
    await expect(setUp().rehost(url, USER)).rejects.toThrow("is not copied");
    expect(asked).toEqual([]);
  });
});

// Answers with the head of a file that never comes, and says when the connection is cut.
function serveForEver(headers: Record<string, string | number>): Promise<{ readonly isCut: Promise<unknown> }> {
  return new Promise((resolve) => {
    answer = (_, response) => {
      response.writeHead(200, { "content-type": "video/mp4", ...headers });
      response.write(new Uint8Array(1000));
      resolve({ isCut: new Promise((cut) => response.on("close", cut)) });
    };
  });
}

test("a copy that takes too long is given up, and both connections with it", async () => {
  const clock = createTestClock();
  const begun = serveForEver({ "content-length": 2000 });
  const copying = setUp({ clock, timeoutMs: 1000 }).rehost(VIDEO_URL, USER);
  const failed = copying.catch((error: unknown) => error);
  const { isCut } = await begun;
  await clock.advance(1000);
  expect(await failed).toMatchObject({ message: "The copy took longer than 1000 ms." });
  await isCut;
});

test("the rest of a file that is not taken is not waited for", async () => {
  const begun = serveForEver({ "content-length": 600_000_000 });
  await expect(setUp().rehost(VIDEO_URL, USER)).rejects.toThrow("larger than 500000000 bytes");
  await (
    await begun
  ).isCut;
});

describe("an attempt that fails", () => {
  const video = () => new Response("video", { headers: { "content-type": "video/mp4", "content-length": "5" } });
  const stored = () => new Response();
  const reset = () => Promise.reject(new TypeError("fetch failed"));
  const status = (code: number, headers: HeadersInit = {}) => {
    return () => new Response(null, { status: code, headers });
  };
  type Answer = () => Promise<Response> | Response;

  /** A copy whose fetches are answered as told, in turn, without a network. */
  function copy(...answers: Answer[]) {
    const clock = createTestClock();
    const startedAt = clock.now();
    const calls: string[] = [];
    const fetching: RehostOptions["fetch"] = async (_, init) => {
      calls.push(`${init?.method ?? "GET"} ${clock.now() - startedAt}`);
      // As a network does, before it answers.
      if (init?.body instanceof ReadableStream) await new Response(init.body).text();
      return await (answers.shift()?.() ?? Promise.reject(new Error("Asked too often.")));
    };
    const storage = { presign: async () => ({ uploadUrl: "https://s3.example/", publicUrl: "https://cdn.example/a" }) };
    const { rehost } = setUp({ clock, storage, fetch: fetching });
    const outcome = rehost(VIDEO_URL, USER).catch((error: unknown) => error);
    return { clock, calls, outcome };
  }

  test.each<[string, Answer[], string[]]>([
    ["a source that is busy", [status(503), video, stored], ["GET 0", "GET 1000", "PUT 1000"]],
    ["a source that cannot be reached", [reset, video, stored], ["GET 0", "GET 1000", "PUT 1000"]],
    ["a storage that is busy", [video, status(500), video, stored], ["GET 0", "PUT 0", "GET 1000", "PUT 1000"]],
    ["a storage that cuts the line", [video, reset, video, stored], ["GET 0", "PUT 0", "GET 1000", "PUT 1000"]],
    [
      "a storage that asks for patience",
      [video, status(429, { "retry-after": "4" }), video, stored],
      ["GET 0", "PUT 0", "GET 4000", "PUT 4000"],
    ],
    ["two failures", [reset, status(502), video, stored], ["GET 0", "GET 1000", "GET 3000", "PUT 3000"]],
    [
      "a file that ends too early",
      [() => new Response("vid", { headers: video().headers }), video, stored],
      ["GET 0", "PUT 0", "GET 1000", "PUT 1000"],
    ],
  ])("because of %s is repeated", async (_, answers, expected) => {
    const { clock, calls, outcome } = copy(...answers);
    expect([await ended(outcome, clock), calls, clock.pending]).toEqual(["https://cdn.example/a", expected, 0]);
  });

  test.each<[string, Answer[], string[]]>([
    ["The source answered with 404.", [status(404)], ["GET 0"]],
    ["The source answered with 302.", [status(302)], ["GET 0"]],
    ["The storage answered with 403.", [video, status(403)], ["GET 0", "PUT 0"]],
    ["The source is no video.", [() => new Response("x", { headers: { "content-type": "text/html" } })], ["GET 0"]],
    [
      "The source is longer than it said.",
      [() => new Response("video, and more", { headers: video().headers })],
      ["GET 0", "PUT 0"],
    ],
    ["The source answered with 503.", [status(503, { "retry-after": "16" })], ["GET 0"]],
  ])("for good (%s) is not", async (message, answers, expected) => {
    const { clock, calls, outcome } = copy(...answers);
    expect([await ended(outcome, clock), calls, clock.pending]).toMatchObject([{ message }, expected, 0]);
  });

  test("for the third time is the last one", async () => {
    const { clock, calls, outcome } = copy(reset, reset, reset);
    expect([await ended(outcome, clock), calls, clock.pending]).toMatchObject([
      { message: "The source cannot be reached." },
      ["GET 0", "GET 1000", "GET 3000"],
      0,
    ]);
  });
});

/** Lets the waits between the attempts of a copy pass, each as soon as it has begun. */
async function ended(outcome: Promise<unknown>, clock: TestClock): Promise<unknown> {
  let isOver = false;
  void outcome.then(() => (isOver = true));
  for (;;) {
    // The deadline of the copy, and the wait before the next attempt.
    await vi.waitFor(() => expect(isOver || clock.pending === 2).toBe(true), { interval: 1 });
    if (isOver) return await outcome;
    await clock.advance(clock.nextDelayMs);
  }
}

test("a storage that refuses is a copy that failed", async () => {
  answer = serve();
  const { endpoint, bucket } = s3;
  const wrong = { accessKeyId: "S3RVER", secretAccessKey: "wrong", publicBaseUrl: endpoint };
  const storage = s3Storage({ endpoint, bucket, region: "auto", ...wrong });
  await expect(setUp({ storage }).rehost(VIDEO_URL, USER)).rejects.toThrow("The storage answered with 403.");
});

test("a thousand copies are remembered; the oldest is then made again, to the same URL", async () => {
  const storage = {
    presign: async ({ key }: { key: string }) => ({ uploadUrl: "https://s3.example/", publicUrl: key }),
  };
  let copied = 0;
  const { rehost } = setUp({
    storage,
    fetch: async (_, init) => {
      if (init?.method === "PUT") copied += 1;
      return new Response("video", { headers: { "content-type": "video/mp4", "content-length": "5" } });
    },
  });
  const ask = async (index: number) => await rehost(`https://${HOST}/${index}.mp4`, USER);
  const first = await ask(0);
  for (let index = 1; index < 1000; index += 1) await ask(index);
  await ask(0);
  expect(copied).toBe(1000);
  await ask(1000);
  expect(await ask(0)).toBe(first);
  expect(copied).toBe(1002);
});

describe("a video whose URL no user may get", () => {
  test.each([
    ["is not https", `http://${HOST}/plain.mp4`],
    ["is longer than a user may get", `https://${HOST}/long.mp4?signature=${"x".repeat(5000)}`],
  ])("is copied over https where its URL %s", async (_, url) => {
    answer = serve();
    const { rehost } = setUp();
    const lasting = await rehost(url, USER);
    expect(new Uint8Array(await (await fetch(lasting)).arrayBuffer())).toEqual(VIDEO);
    expect(asked).toHaveLength(1);
  });

  test.each([
    ["base64", `data:video/mp4;base64,${btoa("a video")}`],
    ["base64, with parameters", `DATA:video/mp4;codecs=avc1;base64,${btoa("a video")}`],
    ["text", "data:video/mp4,a%20video"],
  ])("is stored out of a data: URL of %s", async (_, url) => {
    const { rehost } = setUp();
    const lasting = await rehost(url, USER);
    const stored = await fetch(lasting);
    expect(stored.headers.get("content-type")).toBe("video/mp4");
    expect(await stored.text()).toBe("a video");
    expect(asked).toEqual([]);
  });

  test("is not stored out of a data: URL above the limit of bytes, or of a type that is not stored", async () => {
    await expect(setUp({ maxBytes: 3 }).rehost(`data:video/mp4;base64,${btoa("a video")}`, USER)).rejects.toThrow(
      "larger",
    );
    await expect(setUp().rehost("data:video/x-flv;base64,AAAA", USER)).rejects.toThrow("no video");
  });
});
