// A production bundle has nothing of the panel: neither where the app leaves it in, nor in its types.
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import * as panel from "../src/devtools/index.ts";
import * as none from "../src/devtools/none.ts";

const APP = `import { createDevtoolsLog, VideoDevtoolsPanel, videoDevtoolsPlugin } from "@video-engine/video-sdk/devtools";
  const log = createDevtoolsLog();
  globalThis.app = [log.record, VideoDevtoolsPanel, videoDevtoolsPlugin({ engine: globalThis.engine, log })];`;

async function bundleWith(condition: "production" | "development"): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: APP, resolveDir: import.meta.dirname },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    conditions: ["@video-engine/source", condition],
    external: ["react", "react/jsx-runtime", "@video-engine/video-models"],
  });
  return outputFiles[0]?.text ?? "";
}

describe("an app that leaves the panel in", () => {
  test("has a few hundred bytes of it in production", async () => {
    const text = await bundleWith("production");
    expect(text.length).toBeLessThan(500);
    expect(text).not.toMatch(/video-devtools|Scenarios|content-policy/);
  });

  test("has all of it while it is developed", async () => {
    expect(await bundleWith("development")).toMatch(/video-devtools[\s\S]*Scenarios/);
  });
});

test("what stands in for the panel has the same names, and does nothing", () => {
  expect(Object.keys(none).toSorted()).toEqual(Object.keys(panel).toSorted());
  const log = none.createDevtoolsLog();
  log.record({ type: "fields-refused", call: "recordRow", fields: [] });
  log.clear();
  log.subscribe(() => undefined)();
  expect(log.getSnapshot()).toEqual([]);
  expect(none.VideoDevtoolsPanel({ engine: {} as never })).toBeNull();
});
