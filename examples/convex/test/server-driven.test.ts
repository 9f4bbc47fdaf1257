// Generations that need no client, on the embedded backend: real clients over HTTP and WebSocket, the component's tables and scheduler, and fal's
// protocol over HTTP.
import { startSandbox } from "@video-engine/example-sandbox";
import { afterEach, expect, onTestFinished, test } from "vitest";
import { api } from "../convex/_generated/api.js";
import { openBackend, openConvexClient, openHttpClient, valueThat } from "./support/backend.ts";

afterEach(() => {
  delete process.env["FAL_SANDBOX_URL"];
});

const REQUEST = {
  model: "vid-lucy-lite",
  prompt: "a corgi surfing",
  attachmentImageUrl: "https://images.example/corgi.png",
};

test("the client that started it has left: the video is in the app's row, and the app's books are settled", async () => {
  const sandbox = await startSandbox({ jobMs: 400 });
  onTestFinished(sandbox.close);
  process.env["FAL_SANDBOX_URL"] = sandbox.url;
  const backend = await openBackend({ withComponents: true });
  const starter = await openHttpClient(backend, "alice", { credits: 1000 });
  const started = await starter.mutation(api.video.generate, { id: "g1", request: REQUEST });
  expect(started).toMatchObject({ status: "running", phase: "submitting", settlement: "held" });

  const watcher = openConvexClient(backend, "alice");
  const shown = await valueThat(
    watcher,
    { query: api.video.get, args: { id: "g1" } },
    (snapshot) => snapshot?.status !== "running",
  );
  expect(shown).toMatchObject({ status: "completed", settlement: "captured" });
  const books = await starter.query(api.extras.books, {});
  expect(books.credits).toEqual({ total: 1000 - started.credits, reserved: 0, available: 1000 - started.credits });
  expect(books.openSlots).toBe(0);
  expect(books.rows).toMatchObject([
    {
      isLoading: false,
      videos: shown?.videos,
      creditsUsed: started.credits,
      model: REQUEST.model,
      prompt: REQUEST.prompt,
    },
  ]);
  expect(sandbox.fal.jobs).toHaveLength(1);
});
