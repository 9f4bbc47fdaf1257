// What is fetched, what the routes and the storage are asked, and what each answer means. Scripted fetch, simulated clock.
import { describe, expect, test, vi } from "vitest";
import type { PutFile } from "../file-ports.ts";
import { json, networkError, scriptFetch, type ScriptedAnswer } from "../http/__fixtures__/script-fetch.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { copyTemporaryVideos, type CopyTemporaryVideosOptions } from "./copy-temporary-videos.ts";
import { createVideoSaver } from "./create-video-saver.ts";
import { createVideoUpload } from "./create-video-upload.ts";

const HOST = "tempfile.aiquickdraw.com";
const temporary = `https://${HOST}/r/1.mp4`;
const lasting = "https://v3.fal.media/files/2.mp4";
const ADDRESS = {
  success: true,
  uploadUrl: "https://storage.test/1?signature",
  url: "https://cdn.test/1.mp4",
  key: "u/1",
};
const video = (bytes = "a video", headers: Record<string, string> = {}): Response =>
  new Response(bytes, { headers: { "content-type": "video/mp4", ...headers } });

interface Setup extends Partial<CopyTemporaryVideosOptions> {
  readonly route?: readonly ScriptedAnswer[];
  readonly host?: readonly ScriptedAnswer[];
  readonly put?: PutFile;
}

function setUp({ route = [json(ADDRESS)], host = [video()], put: given, ...options }: Setup = {}) {
  const clock = createTestClock();
  const [routes, hosts] = [scriptFetch(...route), scriptFetch(...host)];
  const put = vi.fn<PutFile>(given ?? (async () => ({ status: 200 })));
  const http = { baseUrl: "https://app.test", getToken: () => "token-1", fetch: routes.fetch };
  const saveVideos = copyTemporaryVideos({ hosts: [HOST], fetch: hosts.fetch, ...options });
  const save = createVideoSaver({ saveVideos, clock, upload: createVideoUpload({ http, clock, put }) });
  const controller = new AbortController();
  const copy = (videos: readonly string[]) =>
    save({ videos, job: { requestId: "job-1" }, model: "vid-veo-3.1" }, controller.signal);
  return { clock, routes: routes.requests, hosts: hosts.requests, put, controller, copy };
}

const failed = (error: object) => ({ ok: false, certainty: "not-done", error });

describe("a video of such a host", () => {
  test("is fetched, presigned as the shipped client does it, put, and replaced by its lasting address", async () => {
    const { clock, routes, hosts, put, copy } = setUp();
    expect(await copy([temporary])).toEqual({ ok: true, value: [ADDRESS.url] });
    expect(hosts.map(({ url }) => url)).toEqual([temporary]);
    const [request] = routes;
    expect([request?.method, request?.url]).toEqual(["POST", "https://app.test/api/mobile/upload-video-presign"]);
    expect(await request?.json()).toEqual({ contentType: "video/mp4", fileName: "video.mp4" });
    expect(request?.headers.get("authorization")).toBe("Bearer token-1");
    const [[{ uploadUrl, file }]] = put.mock.calls as unknown as [Parameters<PutFile>];
    expect(uploadUrl).toBe(ADDRESS.uploadUrl);
    expect(file).toMatchObject({ contentType: "video/mp4", byteLength: 7 });
    expect(await (file.source as Blob).text()).toBe("a video");
    expect(clock.pending).toBe(0);
  });

  test.each([
    ["another host", lasting],
    ["a host that only begins like it", `https://${HOST}.evil.test/1.mp4`],
    ["a subdomain", `https://x.${HOST}/1.mp4`],
    ["the host as a user", `https://${HOST}@evil.test/1.mp4`],
    ["the host in the path", `https://evil.test/${HOST}/1.mp4`],
    ["no address of the web", "data:video/mp4;base64,AAAA"],
  ])("%s is left as it is, and nothing is called", async (_, url) => {
    const { routes, hosts, copy } = setUp();
    expect(await copy([url])).toEqual({ ok: true, value: [url] });
    expect([...routes, ...hosts]).toEqual([]);
  });

  test.each([`https://${HOST.toUpperCase()}/1.mp4`, `https://${HOST}:443/1.mp4`, `http://${HOST}/1.mp4`])(
    "%s is one too",
    async (url) => {
      expect(await setUp().copy([url])).toEqual({ ok: true, value: [ADDRESS.url] });
    },
  );

  test("among others: only it is copied, and the order stays", async () => {
    const { hosts, copy } = setUp();
    expect(await copy([lasting, temporary, lasting])).toEqual({ ok: true, value: [lasting, ADDRESS.url, lasting] });
    expect(hosts).toHaveLength(1);
  });
});

describe("on a phone, with a download", () => {
  test.each<[string, () => unknown]>([
    [
      "throws",
      () => {
        throw new Error("busy");
      },
    ],
    ["rejects", () => Promise.reject(new Error("busy"))],
    ["never ends", () => new Promise(() => undefined)],
  ])("is copied where deleting the file %s", async (_, remove) => {
    const { copy, put } = setUp({ download: async () => ({ uri: "file:///cache/1.mp4", remove }) });
    expect(await copy([temporary])).toMatchObject({ ok: true });
    expect(put).toHaveBeenCalledOnce();
  });

  test("the video goes from file to storage, never through memory, and the file is deleted", async () => {
    const removed: string[] = [];
    const uri = "file:///cache/1.mp4";
    const download = async (url: string) => ({ uri, byteLength: 5, remove: () => removed.push(url) });
    const { hosts, put, copy } = setUp({ download });
    expect(await copy([temporary])).toEqual({ ok: true, value: [ADDRESS.url] });
    expect(hosts).toEqual([]);
    expect(put.mock.calls).toMatchObject([[{ file: { source: { uri }, contentType: "video/mp4", byteLength: 5 } }]]);
    expect(removed).toEqual([temporary]);
  });

  test("the file is deleted also where it cannot be sent", async () => {
    const remove = vi.fn();
    const download = async () => ({ uri: "file:///cache/1.mp4", remove });
    const { copy } = setUp({ download, put: async () => ({ status: 500 }) });
    expect(await copy([temporary])).toMatchObject(failed({ code: "upload-failed" }));
    expect(remove).toHaveBeenCalledTimes(1);
  });

  test.each([
    [404, "not-found"],
    [410, "not-found"],
    [403, "upload-failed"],
    [206, "upload-failed"],
  ])("what came with %i is no video: it is not sent, and its file is deleted", async (status, code) => {
    const remove = vi.fn();
    const { put, copy } = setUp({ download: async () => ({ uri: "file:///cache/1.mp4", status, remove }) });
    expect(await copy([temporary])).toMatchObject(failed({ code }));
    expect([put.mock.calls, remove.mock.calls]).toEqual([[], [[]]]);
  });

  test("what came with 200 is", async () => {
    const { copy } = setUp({ download: async () => ({ uri: "file:///cache/1.mp4", status: 200 }) });
    expect(await copy([temporary])).toEqual({ ok: true, value: [ADDRESS.url] });
  });
});

describe("what fails the step", () => {
  test.each<[string, Setup, object]>([
    ["a host that has deleted it", { host: [new Response("", { status: 404 })] }, { code: "not-found" }],
    ["a host that says so for good", { host: [new Response("", { status: 410 })] }, { code: "not-found" }],
    ["a host that fails", { host: [new Response("", { status: 503 })] }, { code: "upload-failed" }],
    [
      "a page instead of a video",
      { host: [new Response("<html>", { headers: { "content-type": "text/html" } })] },
      { code: "upload-failed" },
    ],
    ["no bytes", { host: [video("")] }, { message: "The video's host answered with no bytes." }],
    [
      "more than fits, said before",
      { host: [video("a", { "content-length": "5000" })], maxBytes: 1_000 },
      { message: expect.stringContaining("5000 bytes") },
    ],
    ["more than fits, seen after", { maxBytes: 3 }, { message: expect.stringContaining("7 bytes, and at most 3") }],
    ["no network", { host: [networkError()] }, { code: "unreachable" }],
    ["a route that refuses", { route: [json({ code: "rate-limited" }, { status: 429 })] }, { code: "rate-limited" }],
    ["a server without the route", { route: [json({}, { status: 404 })] }, {}],
    ["a route that says no with 200", { route: [json({ ...ADDRESS, success: false })] }, { code: "protocol-mismatch" }],
    ["a route that names no address", { route: [json({ success: true })] }, { code: "protocol-mismatch" }],
    [
      "a storage behind http",
      { route: [json({ ...ADDRESS, url: "http://cdn.test/1.mp4" })] },
      { code: "protocol-mismatch" },
    ],
    ["a storage that refuses", { put: async () => ({ status: 403 }) }, { code: "upload-failed" }],
    [
      "a storage that cannot be reached",
      { put: () => Promise.reject(new TypeError("fetch failed")) },
      { code: "unreachable" },
    ],
  ])("%s", async (_, setup, error) => {
    const { clock, copy } = setUp(setup);
    expect(await copy([temporary])).toMatchObject(failed(error));
    expect(clock.pending).toBe(0);
  });

  test("the second of two videos: the step fails as a whole, and is tried again as a whole", async () => {
    const { copy } = setUp({ host: [video(), new Response("", { status: 503 })] });
    expect(await copy([temporary, temporary])).toMatchObject(failed({ code: "upload-failed" }));
  });

  test("a route that never answers is waited for 15 seconds", async () => {
    const { clock, copy } = setUp({ route: ["hang"] });
    const copied = copy([temporary]);
    await clock.advance(15_000);
    expect(await copied).toMatchObject(failed({ code: "unreachable" }));
  });
});

test.each([
  [[]],
  [["https://tempfile.test"]],
  [["tempfile.test", ""]],
  [["tempfile.test/r"]],
  [[null]],
  [undefined],
  ["tempfile.test"],
])("hosts %j are refused at once, with what to pass", (hosts) => {
  expect(() => copyTemporaryVideos({ hosts: hosts as string[] })).toThrow(/without a scheme, such as/);
});
