// A PUT by XMLHttpRequest: how it is called, and how it ends.
import { afterEach, describe, expect, test, vi } from "vitest";
import type { LocalFile, UploadProgress } from "../file-ports.ts";
import { countedSignal } from "../http/__fixtures__/send-world.ts";
import { FakeXhr, fakeXhrClass } from "./__fixtures__/fake-xhr.ts";
import { localPng, ON_DEVICE } from "./__fixtures__/local-files.ts";
import { putWithXhr, type PutWithXhrOptions } from "./default-put.ts";

afterEach(() => void vi.unstubAllGlobals());

const uploadUrl = "https://storage.example/1?signature";

function start(file: LocalFile, options: Omit<PutWithXhrOptions, "Xhr"> = {}) {
  const { Xhr, made } = fakeXhrClass();
  const controller = new AbortController();
  const progress: UploadProgress[] = [];
  const onProgress = (one: UploadProgress): void => void progress.push(one);
  const done = putWithXhr({ Xhr, ...options })({ uploadUrl, file, signal: controller.signal, onProgress });
  done.catch(() => undefined);
  return { done, made, progress, controller, xhr: made[0] ?? new FakeXhr() };
}

describe("a file by XMLHttpRequest", () => {
  test("is put as it is, with its type and without cookies, and the status comes back", async () => {
    const file = localPng();
    const { done, xhr } = start(file);
    expect(xhr.calls).toEqual([`PUT ${uploadUrl}`, "content-type: image/png", file.source]);
    expect(xhr.withCredentials).toBe(false);
    xhr.answer(403);
    expect(await done).toEqual({ status: 403 });
  });

  test("reports how much was sent, starting at 0; with the file's size where the runtime knows no total", async () => {
    const file = localPng();
    const { xhr, progress } = start(file);
    xhr.progress(50, 111);
    xhr.progress(80, 0);
    expect(progress).toEqual([
      { sentBytes: 0, totalBytes: file.byteLength },
      { sentBytes: 50, totalBytes: 111 },
      { sentBytes: 80, totalBytes: file.byteLength },
    ]);
  });

  test("rejects as unreachable when the network breaks", async () => {
    const { done, xhr } = start(localPng());
    xhr.fail();
    await expect(done).rejects.toMatchObject({ code: "unreachable" });
  });

  test.each([
    ["onload", 204, { status: 204 }],
    ["onload", 0, { status: 0 }],
    ["onerror", 0, "unreachable"],
    ["ontimeout", 0, "unreachable"],
    ["onabort", 0, "canceled"],
    ["onloadend", 503, { status: 503 }],
    ["onloadend", 0, "unreachable"],
  ] as const)("ends by %s alone, with status %i", async (event, status, end) => {
    const { done, xhr, controller } = start(localPng());
    xhr.onload = event === "onload" ? xhr.onload : null;
    xhr.status = status;
    xhr.end(event);
    if (typeof end === "string") await expect(done).rejects.toMatchObject({ code: end });
    else expect(await done).toEqual(end);
    controller.abort();
    expect(xhr.calls).not.toContain("abort");
  });

  test.each(["open", "setRequestHeader", "send"] as const)(
    "ends when %s throws, and leaves no listener",
    async (method) => {
      const { Xhr } = fakeXhrClass();
      const thrown = new TypeError("refused");
      vi.spyOn(Xhr.prototype, method).mockImplementation(() => {
        throw thrown;
      });
      const { signal, listening } = countedSignal();
      const put = putWithXhr({ Xhr })({ uploadUrl, file: localPng(), signal, onProgress: () => undefined });
      await expect(put).rejects.toBe(thrown);
      expect(listening()).toBe(0);
    },
  );

  test("is aborted by the signal", async () => {
    const { done, xhr, controller } = start(localPng());
    controller.abort();
    expect(xhr.calls.at(-1)).toBe("abort");
    await expect(done).rejects.toMatchObject({ code: "canceled" });
  });

  test("is not begun when the signal is aborted already", async () => {
    const { Xhr, made } = fakeXhrClass();
    const put = putWithXhr({ Xhr });
    const input = { uploadUrl, file: localPng(), signal: AbortSignal.abort(), onProgress: () => undefined };
    await expect(put(input)).rejects.toMatchObject({ code: "canceled" });
    expect(made).toEqual([]);
  });

  test("leaves no listener", async () => {
    const { done, xhr, controller } = start(localPng());
    xhr.answer(200);
    await done;
    controller.abort();
    expect(xhr.calls).not.toContain("abort");
  });

  test("goes through the runtime's own class where no other is given", async () => {
    const { Xhr, made } = fakeXhrClass();
    vi.stubGlobal("XMLHttpRequest", Xhr);
    const { signal } = new AbortController();
    const done = putWithXhr()({ uploadUrl, file: localPng(), signal, onProgress: () => undefined });
    made[0]?.answer(200);
    expect(await done).toEqual({ status: 200 });
  });
});

describe("a file on the device", () => {
  const body = { uri: "file:///cache/1.jpg", type: "image/jpeg", name: "file" };

  test("is handed to React Native as { uri }, which streams it", () => {
    vi.stubGlobal("navigator", { product: "ReactNative" });
    expect(start(ON_DEVICE).xhr.calls.at(-1)).toEqual(body);
  });

  test("is handed over wherever the app says that it can be", () => {
    expect(start(ON_DEVICE, { isUriSendable: true }).xhr.calls.at(-1)).toEqual(body);
  });

  test.each([{ product: "Gecko" }, undefined])(
    "is refused by other runtimes (navigator %j), as it would be sent as a text",
    async (navigator) => {
      vi.stubGlobal("navigator", navigator);
      const { done, made } = start(ON_DEVICE);
      await expect(done).rejects.toMatchObject({
        code: "upload-failed",
        retryable: false,
        message: expect.stringMatching(/cannot send a file by its uri.*Blob or File/),
      });
      expect(made).toEqual([]);
    },
  );
});
