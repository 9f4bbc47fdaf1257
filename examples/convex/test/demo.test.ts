// The demo of a generation that needs no client, as `npm run demo -- --server-driven` runs it: with processes of its own, one of which is killed.
import { expect, test } from "vitest";
import { runServerDrivenDemo } from "../demo/server-driven.ts";

test("the client's process is killed, and the video and the books are found as they should be", async () => {
  await expect(runServerDrivenDemo()).resolves.toBeUndefined();
});
