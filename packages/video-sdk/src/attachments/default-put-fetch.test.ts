// A PUT by fetch, and which way is taken by default.
import { afterEach, expect, test, vi } from "vitest";
import { scriptFetch } from "../http/__fixtures__/script-fetch.ts";
import type { LocalFile } from "../file-ports.ts";
import { fakeXhrClass } from "./__fixtures__/fake-xhr.ts";
import { localPng, ON_DEVICE } from "./__fixtures__/local-files.ts";
import { PNG } from "./__fixtures__/pictures.ts";
import { createVideoEngine } from "../create-video-engine.ts";
import { defaultPut, putWithFetch } from "./default-put.ts";

afterEach(() => void vi.unstubAllGlobals());

const inputOf = (file: LocalFile, signal = new AbortController().signal) => ({
  uploadUrl: "https://storage.example/1",
  file,
  signal,
  onProgress: () => undefined,
});

test("is put with its type, and the status comes back", async () => {
  const answer = new Response("<Error/>", { status: 403 });
  const { fetch, requests } = scriptFetch(answer);
  expect(await putWithFetch(fetch)(inputOf(localPng()))).toEqual({ status: 403 });
  expect(answer.bodyUsed).toBe(true);
  const [request] = requests;
  expect([request?.method, request?.url]).toEqual(["PUT", "https://storage.example/1"]);
  expect(request?.headers.get("content-type")).toBe("image/png");
  expect(await request?.text()).toBe(new TextDecoder().decode(PNG.bytes));
});

test.each([
  ["breaks off", new ReadableStream({ pull: (controller) => controller.error(new TypeError("terminated")) })],
  ["never ends", new ReadableStream({})],
])("is there once the status says so, though the rest of the answer %s", async (_, rest) => {
  const { fetch } = scriptFetch(new Response(rest, { status: 200 }));
  expect(await putWithFetch(fetch)(inputOf(localPng()))).toEqual({ status: 200 });
});

test("is aborted by the signal, and rejects when the network breaks", async () => {
  const controller = new AbortController();
  const { fetch, requests } = scriptFetch("hang", new TypeError("fetch failed"));
  void putWithFetch(fetch)(inputOf(localPng(), controller.signal));
  controller.abort();
  expect(requests[0]?.signal.aborted).toBe(true);
  await expect(putWithFetch(fetch)(inputOf(localPng()))).rejects.toThrow("fetch failed");
});

test("refuses a file on a device, which fetch cannot open", async () => {
  const { fetch, requests } = scriptFetch();
  await expect(putWithFetch(fetch)(inputOf(ON_DEVICE))).rejects.toMatchObject({
    code: "upload-failed",
    retryable: false,
  });
  expect(requests).toEqual([]);
});

test("by default XMLHttpRequest is used where there is one, else fetch, as found when a file is sent", async () => {
  const put = defaultPut();
  const { fetch, requests } = scriptFetch(new Response(), new Response());
  vi.stubGlobal("fetch", fetch);
  expect(await put(inputOf(localPng()))).toEqual({ status: 200 });
  expect(requests).toHaveLength(1);

  const { Xhr, made } = fakeXhrClass();
  vi.stubGlobal("XMLHttpRequest", Xhr);
  const sent = put(inputOf(localPng()));
  made[0]?.answer(204);
  expect(await sent).toEqual({ status: 204 });
  expect(requests).toHaveLength(1);
});

test("files of an engine go by the fetch that its routes are called by, and without the user's token", async () => {
  vi.stubGlobal("fetch", () => expect.unreachable("the runtime's fetch was called"));
  const address = { uploadUrl: "https://storage.example/1", publicUrl: "https://cdn.example/1.png" };
  const { fetch, requests } = scriptFetch(Response.json(address), new Response());
  const engine = createVideoEngine({
    convex: { mutation: () => Promise.reject(new Error("not asked")) },
    http: { baseUrl: "https://app.example", getToken: () => "secret", fetch },
  });
  const attachment = engine.attach(new Blob([PNG.bytes], { type: "image/png" }));
  expect(await attachment.uploaded).toMatchObject({ status: "uploaded", url: address.publicUrl });
  expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
    "POST https://app.example/api/mobile/r2-presign",
    "PUT https://storage.example/1",
  ]);
  expect(requests[1]?.headers.get("authorization")).toBeNull();
  engine.dispose();
});
