// One try: what is asked of the routes and of the storage, and what each answer means. Scripted fetch, simulated clock.
import { describe, expect, test, vi } from "vitest";
import { VideoError } from "../errors.ts";
import { htmlPage, json, networkError, scriptFetch, type ScriptedAnswer } from "../http/__fixtures__/script-fetch.ts";
import { countedSignal } from "../http/__fixtures__/send-world.ts";
import type { LocalFile, PutFile, UploadProgress } from "../file-ports.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { localPng, ON_DEVICE, pngBlob } from "./__fixtures__/local-files.ts";
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
    const { upload, requests } = setUp([json(ADDRESS), json(ADDRESS)], {
      routes: { isUploadLengthSent: true, presign: "presign" },
    });
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
    ["a refusal with 200", json({ success: false, error: "?", code: "rate-limited" }), "rate-limited", true],
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
    const rule = status === 413 ? "storage-limit" : "storage-refused";
    expect(await upload()).toEqual(failed(expect.objectContaining({ code, retryable, details: { rule, status } })));
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

describe("patience once all bytes are reported as sent", () => {
  /** Sends nothing on: reports as it is told, and is answered when the test says so. */
  function patientSetUp(byteLength: number | undefined) {
    const puts: Parameters<PutFile>[0][] = [];
    let answer: (told: { status: number }) => void = () => undefined;
    const put: PutFile = (input) => {
      puts.push(input);
      return new Promise((resolve) => (answer = resolve));
    };
    const { upload, clock } = setUp([json(ADDRESS)], { put });
    const done = upload({ ...ON_DEVICE, byteLength });
    return { done, clock, puts, answer: (status: number) => answer({ status }) };
  }

  test("waits for an answer that comes 144 s after 9 MB were reported in half a second", async () => {
    const { done, clock, puts, answer } = patientSetUp(9_000_000);
    await clock.advance(500);
    puts[0]?.onProgress({ sentBytes: 9_000_000, totalBytes: 9_000_000 });
    await clock.advance(144_000);
    expect(puts[0]?.signal.aborted).toBe(false);
    answer(200);
    expect(await done).toEqual({ ok: true, value: ADDRESS.publicUrl });
    expect(puts).toHaveLength(1);
  });

  test.each([
    ["all of a file of known size", 1_600_000, { sentBytes: 1_600_000, totalBytes: 1_600_000 }, 160_000],
    ["all, where the runtime knows no total", 1_600_000, { sentBytes: 1_600_000, totalBytes: undefined }, 160_000],
    ["all, where the runtime's total is none", 1_600_000, { sentBytes: 1_600_000, totalBytes: -1 }, 160_000],
    ["all, where only the runtime knows the size", undefined, { sentBytes: 1_600_000, totalBytes: 1_600_000 }, 160_000],
    ["perhaps all, where no size is known", undefined, { sentBytes: 1_600_000, totalBytes: undefined }, 160_000],
    ["nothing yet", 1_600_000, { sentBytes: 0, totalBytes: 1_600_000 }, 160_000],
    ["a part", 1_600_000, { sentBytes: 800_000, totalBytes: 1_600_000 }, 60_000],
    ["what is no number", 1_600_000, { sentBytes: Number.NaN, totalBytes: Number.NaN }, 160_000],
    ["an endless number", 1_600_000, { sentBytes: Infinity, totalBytes: Infinity }, 160_000],
    ["more than any file has", 1_600_000, { sentBytes: 1e300, totalBytes: 1_600_000 }, 160_000],
    ["less than nothing", 1_600_000, { sentBytes: -5, totalBytes: 1_600_000 }, 160_000],
    ["a text", 1_600_000, { sentBytes: "800000" as unknown as number, totalBytes: 1_600_000 }, 160_000],
  ])("after the report of %s", async (_, byteLength, progress, patienceMs) => {
    const { done, clock, puts } = patientSetUp(byteLength);
    await clock.flush();
    puts[0]?.onProgress(progress);
    await clock.advance(patienceMs - 1);
    expect(puts[0]?.signal.aborted).toBe(false);
    await clock.advance(1);
    expect(await done).toEqual(failed(expect.objectContaining({ code: "unreachable", retryable: true })));
    expect(clock.pending).toBe(0);
  });
});

describe("a local file that is gone", () => {
  const gone = failed({
    code: "upload-failed",
    retryable: false,
    message: "The file cannot be read any more. Attach it again.",
    details: { rule: "file-gone", reason: expect.stringMatching(/./) },
  });
  const named = (name: string): Error => Object.assign(new Error("A requested file or directory..."), { name });

  test.each([
    ["the web, not found", named("NotFoundError")],
    ["the web, not readable", new DOMException("The file was changed.", "NotReadableError")],
    ["Node's fetch", new TypeError("fetch failed", { cause: named("NotReadableError") })],
    ["Expo on Android", new Error("Unable to upload a file: File does not exist")],
    ["Expo on iOS", new Error("File '/var/mobile/1.jpg' does not exist")],
    ["an older Expo", new Error("Directory for 'file:///cache/1.jpg' doesn't exist.")],
    ["Android", new Error("/cache/1.jpg: open failed: ENOENT (No such file or directory)")],
    ["React Native", new VideoError("unreachable", { cause: new Error("Could not retrieve file for uri file:///1") })],
  ])("says so at once, and is not tried again: %s", async (_, cause) => {
    const { upload } = setUp([json(ADDRESS)], { put: () => Promise.reject(cause) });
    expect(await upload(ON_DEVICE)).toEqual(gone);
  });

  test("is found out by its bytes where the runtime only says that the network failed", async () => {
    const source = pngBlob();
    const { upload } = setUp([json(ADDRESS), json(ADDRESS)], {
      put: () => Promise.reject(new VideoError("unreachable")),
    });
    expect(await upload({ ...localPng(), source })).toMatchObject({ error: { code: "unreachable", retryable: true } });
    vi.spyOn(Blob.prototype, "arrayBuffer").mockRejectedValueOnce(named("NotReadableError"));
    expect(await upload({ ...localPng(), source })).toEqual(gone);
  });

  test.each([
    ["a network that is gone", new TypeError("Failed to fetch")],
    ["a host that is gone", new Error("The host does not exist")],
    ["no error at all", undefined],
  ])("is not seen in %s", async (_, cause) => {
    const { upload } = setUp([json(ADDRESS)], { put: vi.fn<PutFile>().mockRejectedValue(cause) });
    expect(await upload(ON_DEVICE)).toMatchObject({ error: { code: "unreachable", retryable: true } });
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
