// What `npm run catalogue` finds in the declarations of fal's client.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import { compareCatalogue, type KnownEndpoint } from "../scripts/compare-catalogue.ts";
import { readFalTypes } from "../scripts/read-fal-types.ts";
import falEndpoints from "./providers/__fixtures__/fal-endpoints.json" with { type: "json" };
import newerEndpoints from "./providers/__fixtures__/fal-endpoints-2026-11.json" with { type: "json" };

const DECLARATIONS = `
export type KlingInput = {
    /**
     * How long. duration: "not a field"
     */
    duration?: "5" | "10" | "15";
    prompt: string;
    seed?: number;
    image_url: string | Blob | File;
    elements?: Array<Element>;
};
export type KlingOutput = {
    video: File;
};
export type KlingTurboInput = KlingInput;
export type PictureOutput = {
    images: Array<File>;
};
export type EndpointTypeMap = {
    "fal-ai/kling/pro": {
        input: KlingInput;
        output: KlingOutput;
    };
    "fal-ai/kling/turbo": {
        input: KlingTurboInput;
        output: KlingOutput;
    };
    "fal-ai/kling/picture": {
        input: KlingInput;
        output: PictureOutput;
    };
    "fal-ai/other/video": {
        input: KlingInput;
        output: KlingOutput;
    };
};
`;

const client = readFalTypes(DECLARATIONS);
const PRO: KnownEndpoint = {
  endpoint: "fal-ai/kling/pro",
  input: {
    duration: { enum: [5, 10] },
    prompt: { required: true },
    seed: {},
    image_url: { required: true },
    elements: {},
  },
};

describe("the declarations of fal's client", () => {
  test("are read field by field, through types that stand for others", () => {
    expect([...client.keys()]).toEqual([
      "fal-ai/kling/pro",
      "fal-ai/kling/turbo",
      "fal-ai/kling/picture",
      "fal-ai/other/video",
    ]);
    expect(client.get("fal-ai/kling/turbo")).toEqual(client.get("fal-ai/kling/pro"));
    expect(client.get("fal-ai/kling/pro")?.fields.get("duration")).toEqual({
      isRequired: false,
      values: ["5", "10", "15"],
    });
    expect(client.get("fal-ai/kling/pro")?.fields.get("image_url")).toEqual({ isRequired: true, values: undefined });
    expect(client.get("fal-ai/kling/picture")?.makesVideo).toBe(false);
  });

  test("of another form are not taken for an empty catalogue", () => {
    expect(() => readFalTypes("export type Other = {};")).toThrow("EndpointTypeMap is missing");
  });
});

describe("the comparison", () => {
  const changesOf = (input: KnownEndpoint["input"]) =>
    compareCatalogue([{ ...PRO, input: { ...PRO.input, ...input } }], client).changed;

  test("finds what is new in the apps that we use, and nothing of others", () => {
    expect(compareCatalogue([PRO], client).added).toEqual(["fal-ai/kling/turbo"]);
  });

  test.each<[string, KnownEndpoint["input"], readonly string[]]>([
    ["a value that is offered now", {}, ["duration takes 15 too"]],
    ["a value that is not offered any more", { duration: { enum: [3, 5, 10, 15] } }, ["duration does not take 3"]],
    ["a field that is gone", { voice: {} }, ["duration takes 15 too", "voice is gone"]],
    ["a field that is needed now", { prompt: {} }, ["duration takes 15 too", "prompt is now required"]],
    ["a field that is needed no more", { seed: { required: true } }, ["duration takes 15 too", "seed is optional"]],
    ["a list that the client does not know", { seed: { enum: [1] } }, ["duration takes 15 too"]],
    ["a field that is new", { elements: undefined }, ["duration takes 15 too"]],
  ])("finds %s", (_, input, changes) => {
    expect(changesOf(input)).toEqual(changes.map((change) => `fal-ai/kling/pro: ${change}`));
  });

  test("finds a field that is new", () => {
    const { seed: _, ...input } = PRO.input;
    expect(compareCatalogue([{ ...PRO, input }], client).changed).toContain("fal-ai/kling/pro: seed is new");
  });

  test("finds an endpoint that is gone", () => {
    const gone = { endpoint: "fal-ai/kling/old", input: {} };
    expect(compareCatalogue([PRO, gone], client).gone).toEqual(["fal-ai/kling/old"]);
  });
});

test("the installed client is compared with everything that the registry uses", () => {
  const file = createRequire(import.meta.url)
    .resolve("@fal-ai/client/endpoints")
    .replace(/\.js$/, ".d.ts");
  const known: readonly KnownEndpoint[] = [...falEndpoints, ...newerEndpoints];
  const { added, gone } = compareCatalogue(known, readFalTypes(readFileSync(file, "utf8")));
  expect(added).toContain("fal-ai/kling-video/v3/pro/motion-control");
  expect(gone).toContain("fal-ai/ovi");
  expect(known.length - gone.length).toBeGreaterThan(50);
});
