// A sandbox for the tests of one file.
import { startSandbox, type Sandbox } from "@video-engine/example-sandbox";
import { afterAll, beforeAll, vi } from "vitest";

/** Starts a sandbox before the tests and closes it after them. Jobs take a moment, so that a client has to wait for them. */
export function openSandbox(): () => Sandbox {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ jobMs: 600 });
  });
  afterAll(async () => {
    await sandbox.close();
  });
  return () => sandbox;
}

/** For a client that takes no fetch: the global one reaches the sandbox, in the tests around this call. */
export function fetchFrom(sandbox: () => Sandbox): void {
  beforeAll(() => void vi.stubGlobal("fetch", sandbox().fetch));
  afterAll(() => void vi.unstubAllGlobals());
}
