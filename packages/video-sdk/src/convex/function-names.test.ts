// The functions by name: exactly those that are deployed, and usable wherever a generated reference is.
import { getFunctionName } from "convex/server";
import { describe, expect, test } from "vitest";
import { functionsByName, type MutationReference, type QueryReference, type VideoFunctions } from "./function-names.ts";

/** Each function's place in the object, and the name it stands for. */
function namesOf({ generations, users, sessions }: VideoFunctions): readonly (readonly [string, string])[] {
  return Object.entries({ generations, users, sessions }).flatMap(([module, functions]) =>
    Object.entries<MutationReference | QueryReference>(functions).map(
      ([key, reference]) => [`${module}:${key}`, getFunctionName(reference)] as const,
    ),
  );
}

describe("functionsByName", () => {
  test("names the functions of the contract, each under its own key", () => {
    const names = [
      "generations:acquireGenerationSlot",
      "generations:updateGenerationStatus",
      "users:reserveCredits",
      "users:captureReservedCredits",
      "users:releaseReservedCredits",
      "users:getUserCreditsBreakdown",
      "sessions:createSession",
      "sessions:addGenerationToSession",
      "sessions:updateGeneration",
      "sessions:getUserSessions",
      "sessions:getSessionGenerations",
    ];
    expect(namesOf(functionsByName())).toEqual(names.map((name) => [name, name]));
  });

  test("puts a folder before each module", () => {
    for (const [place, name] of namesOf(functionsByName("withOperationIds/")))
      expect(name).toBe(`withOperationIds/${place}`);
  });
});
