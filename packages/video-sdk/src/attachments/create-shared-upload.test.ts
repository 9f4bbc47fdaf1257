// Several who wait for one upload, and a gate that lets a few in at a time.
import { describe, expect, test } from "vitest";
import { countedSignal } from "../http/__fixtures__/send-world.ts";
import type { CallResult, UploadProgress } from "../ports.ts";
import { localPng } from "./__fixtures__/local-files.ts";
import { scriptedUploader, settled } from "./__fixtures__/scripted-uploader.ts";
import { createGate } from "./create-gate.ts";
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
  test("is sent once, and its progress and its end reach everybody", async () => {
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

  test("goes on while anybody waits, and ends with the last one", async () => {
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

  test("is begun anew for whoever comes after its end, or after the last has left", async () => {
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

  test("leaves nobody listening to a signal once it has ended", async () => {
    const { begun, upload } = setUp();
    const { signal, listening } = countedSignal();
    const done = upload({ signal, onProgress: () => undefined });
    await settled();
    expect(listening()).toBe(1);
    begun[0]?.succeed();
    await done;
    expect(listening()).toBe(0);
  });

  test("is not begun for somebody who has left already", async () => {
    const { begun, upload } = setUp();
    expect(await upload({ signal: AbortSignal.abort(), onProgress: () => undefined })).toMatchObject(CANCELED);
    await settled();
    expect(begun).toEqual([]);
  });
});

describe("a gate", () => {
  test("lets so many in at a time, the others in the order of their coming", async () => {
    const gate = createGate(2);
    const log: string[] = [];
    const ends: (() => void)[] = [];
    const enter = (name: string) =>
      gate(async () => {
        log.push(name);
        await new Promise<void>((resolve) => ends.push(resolve));
        return name;
      });
    const all = Promise.all(["a", "b", "c", "d"].map(enter));
    await settled();
    expect(log).toEqual(["a", "b"]);
    ends[1]?.();
    await settled();
    expect(log).toEqual(["a", "b", "c"]);
    const late = enter("e");
    await settled();
    expect(log).toEqual(["a", "b", "c"]);
    ends[0]?.();
    await settled();
    ends[2]?.();
    ends[3]?.();
    expect(await all).toEqual(["a", "b", "c", "d"]);
    ends[4]?.();
    expect(await late).toBe("e");
  });

  test("gives a place back after a failure", async () => {
    const gate = createGate(1);
    await expect(gate(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await gate(async () => "in")).toBe("in");
  });
});
