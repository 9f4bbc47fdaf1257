// @vitest-environment edge-runtime
import { describe, expect, test } from "vitest";
import { api } from "../convex/_generated/api.js";
import { signUp } from "./support/database.ts";
import { openGrid } from "./support/grid.ts";

const { addGenerationToSession, createSession, getSessionGenerations, getUserSessions, updateGeneration } =
  api.sessions;
const { deleteSession, renameSession } = api.sessions;

describe("creating a session", () => {
  test("reuses an empty one of the same type, under the new title", async () => {
    const { user, sessionId } = await openGrid();
    expect(await user.mutation(createSession, { type: "video", title: "Cats" })).toBe(sessionId);
    expect(await user.query(getUserSessions, {})).toMatchObject([{ _id: sessionId, title: "Cats" }]);
  });

  test("makes a new one on request, when the type differs and when none is empty", async () => {
    const { user, sessionId, row } = await openGrid();
    const forced = await user.mutation(createSession, { type: "video", forceNew: true });
    const image = await user.mutation(createSession, { type: "image" });
    await user.mutation(addGenerationToSession, row);
    await user.mutation(addGenerationToSession, { ...row, sessionId: forced });
    const next = await user.mutation(createSession, { type: "video" });
    expect(new Set([sessionId, forced, image, next]).size).toBe(4);
  });

  test("sessions are listed newest first, to their owner only", async () => {
    const { database, user, sessionId } = await openGrid();
    const second = await user.mutation(createSession, { type: "video", forceNew: true });
    expect((await user.query(getUserSessions, {})).map(({ _id }) => _id)).toEqual([second, sessionId]);
    const bob = await signUp(database, "bob");
    expect(await bob.query(getUserSessions, {})).toEqual([]);
  });
});

describe("rows", () => {
  test("are kept as sent, and listed oldest first", async () => {
    const { user, row, sessionId } = await openGrid();
    await user.mutation(addGenerationToSession, { ...row, externalRequestId: "job-1", removeWatermark: true });
    await user.mutation(addGenerationToSession, { ...row, prompt: "second" });
    expect(await user.query(getSessionGenerations, { sessionId })).toMatchObject([
      { ...row, externalRequestId: "job-1", removeWatermark: true, generationStatus: "generating" },
      { ...row, prompt: "second" },
    ]);
  });

  test("an update writes what it is given and keeps the rest", async () => {
    const { user, row, sessionId } = await openGrid();
    const generationId = await user.mutation(addGenerationToSession, row);
    await user.mutation(updateGeneration, { generationId, isLoading: true, externalRequestId: "job-1" });
    const video = {
      isLoading: false,
      videos: ["https://cdn.example/v.mp4"],
      previewImage: "https://cdn.example/p.jpg",
    };
    await user.mutation(updateGeneration, { generationId, ...video, completedAt: 7 });
    expect(await user.query(getSessionGenerations, { sessionId })).toMatchObject([
      { ...row, ...video, completedAt: 7, externalRequestId: "job-1", generationStatus: "completed" },
    ]);
    expect(await user.query(getUserSessions, {})).toMatchObject([{ preview: video.previewImage }]);
  });

  test("an error marks the row as failed", async () => {
    const { user, row, sessionId } = await openGrid();
    const generationId = await user.mutation(addGenerationToSession, row);
    await user.mutation(updateGeneration, { generationId, isLoading: false, error: "no" });
    const rows = await user.query(getSessionGenerations, { sessionId });
    expect(rows).toMatchObject([{ isLoading: false, error: "no", generationStatus: "failed" }]);
  });
});

describe("another user", () => {
  const notFound = { data: { code: "not_found" } };

  test("cannot read, add or change rows", async () => {
    const { database, user, row, sessionId } = await openGrid();
    const generationId = await user.mutation(addGenerationToSession, row);
    const { user: bob } = await openGrid(database, "bob");
    await expect(bob.query(getSessionGenerations, { sessionId })).rejects.toMatchObject(notFound);
    await expect(bob.mutation(addGenerationToSession, row)).rejects.toMatchObject(notFound);
    await expect(bob.mutation(updateGeneration, { generationId, isLoading: false })).rejects.toMatchObject(notFound);
  });

  test("cannot have a row under someone else's slot", async () => {
    const { database, slotId } = await openGrid();
    const { user: bob, row } = await openGrid(database, "bob");
    const call = bob.mutation(addGenerationToSession, { ...row, concurrencySlotId: slotId });
    await expect(call).rejects.toMatchObject(notFound);
  });
});

describe("renaming and deleting a session", () => {
  test("a title is kept without the space around it; an empty one is refused", async () => {
    const { user, sessionId } = await openGrid();
    await user.mutation(renameSession, { sessionId, title: "  Foxes " });
    expect(await user.query(getUserSessions, {})).toMatchObject([{ title: "Foxes" }]);
    await expect(user.mutation(renameSession, { sessionId, title: "  " })).rejects.toThrow("needs a title");
  });

  test("a deleted session takes its rows along, and no other's", async () => {
    const { user, row, sessionId } = await openGrid();
    const other = await user.mutation(createSession, { type: "video", forceNew: true });
    await user.mutation(addGenerationToSession, { ...row, isLoading: false });
    await user.mutation(addGenerationToSession, { ...row, sessionId: other, isLoading: false });
    await user.mutation(deleteSession, { sessionId });
    expect(await user.query(getUserSessions, {})).toMatchObject([{ _id: other }]);
    expect(await user.query(getSessionGenerations, { sessionId: other })).toHaveLength(1);
    await expect(user.query(getSessionGenerations, { sessionId })).rejects.toThrow("No session");
  });

  test("while something is being made it stays", async () => {
    const { user, row, sessionId } = await openGrid();
    const generationId = await user.mutation(addGenerationToSession, row);
    await expect(user.mutation(deleteSession, { sessionId })).rejects.toThrow("still being made");
    await user.mutation(updateGeneration, { generationId, isLoading: false, error: "no" });
    await user.mutation(deleteSession, { sessionId });
    expect(await user.query(getUserSessions, {})).toEqual([]);
  });

  test("another user's session is refused as one that does not exist", async () => {
    const { database, sessionId } = await openGrid();
    const bob = await signUp(database, "bob");
    await expect(bob.mutation(renameSession, { sessionId, title: "Mine" })).rejects.toThrow("No session");
    await expect(bob.mutation(deleteSession, { sessionId })).rejects.toThrow("No session");
  });
});
