// Several callers that share one upload.
import { describe, expect, test } from "vitest";
import { countedSignal } from "../http/__fixtures__/send-world.ts";
import type { UploadProgress } from "../file-ports.ts";
import type { CallResult } from "../ports.ts";
import { localPng } from "./__fixtures__/local-files.ts";
import { scriptedUploader, settled } from "./__fixtures__/scripted-uploader.ts";
import { createSharedUpload } from "./create-shared-upload.ts";

function setUp() {
  const uploader = scriptedUploader();
  const upload = createSharedUpload((options) => uploader.upload(localPng(), options));
  const join = () => {
    const controller = new AbortController();
    const progress: UploadProgress[] = [];
    const results: CallResult<string>[] = [];
    const done = upload({ signal: controller.signal, onProgress: (one) => void progress.push(one) });
    void done.then((result) => results.push(result));
    return { controller, progress, results, done };
  };
  return { begun: uploader.begun, upload, join };
}

const CANCELED = { ok: false, error: { code: "canceled" } };

describe("an upload that is joined", () => {
  test("is sent once, and its progress and its end reach all callers", async () => {
    const { begun, join } = setUp();
    const first = join();
    await settled();
    begun[0]?.progress({ sentBytes: 4, totalBytes: 10 });
    const second = join();
    begun[0]?.progress({ sentBytes: 6, totalBytes: 10 });
    begun[0]?.succeed("https://cdn.example/1");
    const done = { ok: true, value: "https://cdn.example/1" };
    expect([await first.done, await second.done]).toEqual([done, done]);
    expect(first.progress.map(({ sentBytes }) => sentBytes)).toEqual([4, 6]);
    expect(second.progress.map(({ sentBytes }) => sentBytes)).toEqual([4, 6]);
    expect(begun).toHaveLength(1);
  });

  test("goes on while any caller waits, and ends with the last one", async () => {
    const { begun, join } = setUp();
    const [first, second] = [join(), join()];
    await settled();
    first.controller.abort();
    expect(await first.done).toMatchObject(CANCELED);
    expect(begun[0]?.signal.aborted).toBe(false);
    begun[0]?.progress({ sentBytes: 4, totalBytes: 10 });
    expect([first.progress, second.progress]).toMatchObject([[], [{ sentBytes: 4 }]]);
    second.controller.abort();
    expect(await second.done).toMatchObject(CANCELED);
    expect(begun[0]?.signal.aborted).toBe(true);
  });

  test("starts again for a caller that comes after its end, or after the last caller has left", async () => {
    const { begun, join } = setUp();
    const first = join();
    await settled();
    begun[0]?.fail();
    expect(await first.done).toMatchObject({ ok: false, error: { code: "unreachable" } });
    const second = join();
    await settled();
    second.controller.abort();
    await second.done;
    const third = join();
    await settled();
    expect(begun).toHaveLength(3);
    begun[2]?.succeed();
    expect(await third.done).toMatchObject({ ok: true });
  });

  test("leaves no listener on a signal once it has ended", async () => {
    const { begun, upload } = setUp();
    const { signal, listening } = countedSignal();
    const done = upload({ signal, onProgress: () => undefined });
    await settled();
    expect(listening()).toBe(1);
    begun[0]?.succeed();
    await done;
    expect(listening()).toBe(0);
  });

  test("does not start for a caller that has left already", async () => {
    const { begun, upload } = setUp();
    expect(await upload({ signal: AbortSignal.abort(), onProgress: () => undefined })).toMatchObject(CANCELED);
    await settled();
    expect(begun).toEqual([]);
  });
});
