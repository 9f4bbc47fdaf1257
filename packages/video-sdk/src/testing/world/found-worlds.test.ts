// Worlds that once went wrong, by name.
import { expect, test } from "vitest";
import { FOUND_WORLDS } from "./found-worlds.ts";
import { FOUND_WORLDS_OF_CLOCKS } from "./found-worlds-of-clocks.ts";
import { FOUND_WORLDS_OF_ROWS } from "./found-worlds-of-rows.ts";
import { runRandomWorld } from "./random-worlds.ts";
import { wrongIn } from "./wrong-in.ts";

test.each(Object.entries({ ...FOUND_WORLDS, ...FOUND_WORLDS_OF_CLOCKS, ...FOUND_WORLDS_OF_ROWS }))(
  "%s",
  async (_, plan) => {
    expect(wrongIn(await runRandomWorld(plan))).toEqual([]);
  },
);
