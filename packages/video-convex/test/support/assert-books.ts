// What must hold of a world in the end, whatever went wrong on the way: the account is what its history says, and each generation is settled once.
import type { GenerationSnapshot } from "@video-engine/video-sdk";
import { expect } from "vitest";
import { rowsOf } from "./component-tables.ts";
import type { OwnWorld } from "./own-world.ts";

/** Asserts that the books of a user are exact, and that nothing of the generations is left open. */
export async function assertBooks(
  world: OwnWorld,
  userId: string,
  ended: readonly GenerationSnapshot[],
): Promise<void> {
  const { balance, held } = await world.ledger.read(userId);
  const history = await world.ledger.history(userId, 200);
  const sum = (type: string): number =>
    history.filter((entry) => entry.type === type).reduce((total, { amount }) => total + amount, 0);
  const captured = ended.filter(({ settlement }) => settlement === "captured");
  const charged = captured.reduce((total, { credits }) => total + credits, 0);
  expect(held, "nothing is held").toBe(0);
  expect(balance, "what was granted, less what was charged").toBe(sum("grant") - charged);
  expect(sum("capture")).toBe(charged);
  expect(sum("reserve")).toBe(sum("capture") + sum("release"));
  for (const { id, status, settlement, videos } of ended) {
    expect(settlement, id).toBe(status === "completed" ? "captured" : settlement === "none" ? "none" : "released");
    expect(videos.length > 0, id).toBe(status === "completed");
  }
  const holds = await rowsOf(world.t, "holds");
  expect(holds.filter(({ status }) => status === "held")).toEqual([]);
  const generations = await rowsOf(world.t, "generations");
  expect(generations.filter(({ hasSlot }) => hasSlot === true)).toEqual([]);
  expect(generations.filter(({ calls }) => (calls as readonly unknown[]).length > 0)).toEqual([]);
}
