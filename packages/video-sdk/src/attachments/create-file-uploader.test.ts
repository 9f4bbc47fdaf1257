// One try: what is asked of the routes and of the storage, and what each answer means. Scripted fetch, simulated clock.
import { describe, expect, test, vi } from "vitest";
import { VideoError } from "../errors.ts";
import { htmlPage, json, networkError, scriptFetch, type ScriptedAnswer } from "../http/__fixtures__/script-fetch.ts";
import { countedSignal } from "../http/__fixtures__/send-world.ts";
import type { LocalFile, PutFile, UploadProgress } from "../ports.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { localPng, ON_DEVICE } from "./__fixtures__/local-files.ts";
import { createFileUploader, type FileUploaderOptions } from "./create-file-uploader.ts";

const ADDRESS = {
  uploadUrl: "https://storage.example/1?signature",
  publicUrl: "https://cdn.example/1.png",
  key: "u/1.png",
};

function setUp(answers: readonly ScriptedAnswer[], options: Partial<FileUploaderOptions> = {}) {
  const scripted = scriptFetch(...answers);
  const clock = createTestClock();
  const controller = new AbortController();
  const progress: UploadProgress[] = [];
  let tokens = 0;
  const getToken = (): string => `token-${++tokens}`;
  const put = vi.fn<PutFile>(async () => ({ status: 200 }));
  const http = { baseUrl: "https://app.test", getToken, fetch: scripted.fetch };
  const uploader = createFileUploader({ http, clock, put, ...options });
  const upload = (file: LocalFile = localPng()) =>
    uploader.upload(file, { signal: controller.signal, onProgress: (one) => void progress.push(one) });
  return { ...scripted, http, clock, controller, progress, put, upload };
}

const failed = (error: object) => ({ ok: false, certainty: "not-done", error });

describe("an upload", () => {
  test("asks for an address by type alone, puts the file there, and returns where it can be read", async () => {
    const { upload, requests, put, clock } = setUp([json(ADDRESS)]);
    const file = localPng();
    expect(await upload(file)).toEqual({ ok: true, value: ADDRESS.publicUrl });
    const [request] = requests;
    expect([request?.method, request?.url]).toEqual(["POST", "https://app.test/api/mobile/r2-presign"]);
    expect(request?.headers.get("authorization")).toBe("Bearer token-1");
    expect(await request?.json()).toEqual({ contentType: "image/png" });
    expect(put.mock.calls).toMatchObject([[{ uploadUrl: ADDRESS.uploadUrl, file }]]);
    expect(clock.pending).toBe(0);
  });

  test("asks for an address of its own each time, with a fresh token", async () => {
    const { upload, requests, put } = setUp([
      json(ADDRESS),
      json({ ...ADDRESS, uploadUrl: "https://storage.example/2" }),
    ]);
    await upload();
    await upload();
    expect(requests.map(({ headers }) => headers.get("authorization"))).toEqual(["Bearer token-1", "Bearer token-2"]);
    expect(put.mock.calls.map(([{ uploadUrl }]) => uploadUrl)).toEqual([
      ADDRESS.uploadUrl,
      "https://storage.example/2",
    ]);
  });

  test("says the length where the app wants it, and it is known", async () => {
    const { upload, requests } = setUp([json(ADDRESS), json(ADDRESS)], { isLengthSent: true, presignPath: "presign" });
    await upload();
    await upload({ ...ON_DEVICE, byteLength: undefined });
    expect(requests[0]?.url).toBe("https://app.test/presign");
    expect(await requests[0]?.json()).toEqual({ contentType: "image/png", contentLength: 111 });
    expect(await requests[1]?.json()).toEqual({ contentType: "image/jpeg" });
  });

  test("passes on what the put tells of its progress, until it has ended", async () => {
    let late: PutFile extends (input: infer I) => unknown ? I | undefined : never;
    const { upload, progress } = setUp([json(ADDRESS)], {
      put: async (input) => {
        late = input;
        input.onProgress({ sentBytes: 5, totalBytes: 10 });
        return { status: 200 };
      },
    });
    await upload();
    late?.onProgress({ sentBytes: 10, totalBytes: 10 });
    expect(progress).toEqual([{ sentBytes: 5, totalBytes: 10 }]);
  });
});

describe("the presign route", () => {
  test.each([
    ["nothing", networkError(), "unreachable", true],
    ["a gateway's page", htmlPage(502), "unreachable", true],
    ["401 twice", json({}, { status: 401 }), "unreachable", true],
    ["429", json({ error: { code: "rate-limited" } }, { status: 429 }), "rate-limited", true],
    ["413", json({ error: { code: "too-large", message: "At most 5." } }, { status: 413 }), "too-large", false],
    ["400", json({ error: { code: "invalid-request" } }, { status: 400 }), "invalid-request", false],
    ["500 without storage", json({ error: { code: "not-configured" } }, { status: 500 }), "not-configured", false],
    ["a page of 200", htmlPage(200), "protocol-mismatch", false],
    ["no addresses", json({}), "protocol-mismatch", false],
    ["no public one", json({ uploadUrl: ADDRESS.uploadUrl }), "protocol-mismatch", false],
    ["a public one without https", json({ ...ADDRESS, publicUrl: "http://cdn.example/1" }), "protocol-mismatch", false],
    ["a public one that is none", json({ ...ADDRESS, publicUrl: "https://" }), "protocol-mismatch", false],
    [
      "a public one with spaces",
      json({ ...ADDRESS, publicUrl: "https://cdn.example/a b" }),
      "protocol-mismatch",
      false,
    ],
    ["one to put to that is none", json({ ...ADDRESS, uploadUrl: "file:///etc/passwd" }), "protocol-mismatch", false],
    ["texts that are none", json({ uploadUrl: 1, publicUrl: {} }), "protocol-mismatch", false],
  ])("answering %s: nothing is put, and the failure says whether to try again", async (_, answer, code, retryable) => {
    const again = answer instanceof Response ? answer.clone() : answer;
    const { upload, put, clock } = setUp([answer, again]);
    expect(await upload()).toEqual(failed(expect.objectContaining({ code, retryable })));
    expect(put).not.toHaveBeenCalled();
    expect(clock.pending).toBe(0);
  });

  test("is not waited for longer than 15 seconds, and its advice is kept", async () => {
    const { upload, clock } = setUp(["hang", json({}, { status: 429, headers: { "retry-after": "7" } })]);
    const late = upload();
    await clock.advance(15_000);
    expect(await late).toEqual(failed(expect.objectContaining({ code: "unreachable" })));
    expect(await upload()).toEqual(failed(expect.objectContaining({ retryAfterMs: 7_000 })));
  });
});

describe("the storage", () => {
  test.each([
    [400, "upload-failed", true],
    [401, "upload-failed", true],
    [403, "upload-failed", true],
    [404, "upload-failed", false],
    [408, "upload-failed", true],
    [411, "upload-failed", false],
    [413, "too-large", false],
    [429, "upload-failed", true],
    [500, "upload-failed", true],
    [503, "upload-failed", true],
    [301, "upload-failed", false],
    [0, "upload-failed", true],
  ])("answering %i is %s, to be tried again: %s", async (status, code, retryable) => {
    const { upload } = setUp([json(ADDRESS)], { put: async () => ({ status }) });
    expect(await upload()).toEqual(failed(expect.objectContaining({ code, retryable, details: { status } })));
  });

  test.each([200, 201, 204])("answering %i has the file", async (status) => {
    const { upload } = setUp([json(ADDRESS)], { put: async () => ({ status }) });
    expect(await upload()).toMatchObject({ ok: true });
  });

  test("that cannot be reached is tried again; a put that says why it cannot is believed", async () => {
    const put = vi.fn<PutFile>();
    const { upload } = setUp(
      [1, 2, 3, 4].map(() => json(ADDRESS)),
      { put },
    );
    put.mockRejectedValueOnce(new TypeError("403 error: failed (400)"));
    expect(await upload()).toEqual(failed(expect.objectContaining({ code: "unreachable", retryable: true })));
    put.mockRejectedValueOnce(new VideoError("upload-failed", { retryable: false, message: "No." }));
    expect(await upload()).toEqual(failed({ code: "upload-failed", retryable: false, message: "No." }));
    put.mockRejectedValueOnce(new VideoError("canceled"));
    expect(await upload()).toEqual(failed(expect.objectContaining({ code: "unreachable" })));
    put.mockImplementationOnce(() => {
      throw new Error("at once");
    });
    expect(await upload()).toEqual(failed(expect.objectContaining({ code: "unreachable" })));
  });
});

describe("patience", () => {
  const silent: PutFile = () => new Promise(() => undefined);

  test("with a put that reports nothing lasts a minute, and as long again as its bytes need at 16 kB a second", async () => {
    const { upload, clock } = setUp([json(ADDRESS)], { put: silent });
    let ended = "";
    void upload({ ...ON_DEVICE, byteLength: 1_600_000 }).then(
      (attempt) => (ended = attempt.ok ? "" : attempt.error.code),
    );
    await clock.advance(159_999);
    expect(ended).toBe("");
    await clock.advance(1);
    expect(ended).toBe("unreachable");
    expect(clock.pending).toBe(0);
  });

  test("with a put that reports progress lasts a minute after each report", async () => {
    let tell: (progress: UploadProgress) => void = () => undefined;
    let signal: AbortSignal | undefined;
    const { upload, clock } = setUp([json(ADDRESS)], {
      put: (input) => {
        ({ onProgress: tell, signal } = input);
        tell({ sentBytes: 0, totalBytes: 100 });
        return silent(input);
      },
    });
    const done = upload();
    for (let sentBytes = 1; sentBytes <= 10; sentBytes++) {
      await clock.advance(59_999);
      tell({ sentBytes, totalBytes: 100 });
    }
    expect(signal?.aborted).toBe(false);
    await clock.advance(60_000);
    expect(signal?.aborted).toBe(true);
    expect(await done).toEqual(failed(expect.objectContaining({ code: "unreachable", retryable: true })));
    expect(clock.pending).toBe(0);
  });
});

describe("an abort", () => {
  test("has a listener only while an upload runs", async () => {
    const { signal, listening } = countedSignal();
    const { http, clock, put } = setUp([json(ADDRESS)]);
    const upload = createFileUploader({ http, clock, put }).upload(localPng(), { signal, onProgress: () => undefined });
    expect(await upload).toMatchObject({ ok: true });
    expect(listening()).toBe(0);
  });

  test("while the address is asked for ends it, and nothing is put", async () => {
    const { upload, controller, put } = setUp(["hang"]);
    const done = upload();
    controller.abort();
    expect(await done).toEqual(failed(expect.objectContaining({ code: "canceled", retryable: false })));
    expect(put).not.toHaveBeenCalled();
  });

  test("while the file is put ends that, whether the put listens or not", async () => {
    const put = vi.fn<PutFile>(() => new Promise(() => undefined));
    const { upload, controller, clock } = setUp([json(ADDRESS)], { put });
    const done = upload();
    await clock.flush();
    expect(put).toHaveBeenCalledOnce();
    controller.abort();
    expect(await done).toEqual(failed(expect.objectContaining({ code: "canceled" })));
    expect(put.mock.calls[0]?.[0].signal.aborted).toBe(true);
    expect(clock.pending).toBe(0);
  });
});
