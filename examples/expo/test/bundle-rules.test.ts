// The rules of `npm run check-bundle`, on lists of modules that break them.
import { problemsOfSources } from "../scripts/problems-of-sources.ts";

const GOOD = [
  "/packages/video-models/dist/index.js",
  "/packages/video-sdk/dist/index.js",
  "/packages/video-sdk/dist/react/index.js",
  "/packages/video-sdk/dist/react-native/index.js",
  "/node_modules/react/cjs/react.production.js",
  "/node_modules/react/cjs/react-jsx-runtime.production.js",
];

test("a bundle of the published packages and one React is fine", () => {
  expect(problemsOfSources(GOOD)).toEqual([]);
});

test.each([
  [GOOD.slice(0, 3), /the device's part is missing/],
  [GOOD.filter((source) => !source.includes("/react/index")), /the hooks is missing/],
  [[...GOOD, "/packages/video-sdk/src/engine/create-engine.ts"], /a source of the SDK/],
  [[...GOOD, "/packages/video-sdk/dist/cjs/index.js"], /a second copy of the SDK/],
  [[...GOOD, "/packages/video-sdk/dist/server/index.js"], /server, browser or test half/],
  [[...GOOD, "/node_modules/zod/index.js"], /zod/],
  [[...GOOD, "/examples/expo/node_modules/react/cjs/react.production.js"], /not one React but 2/],
  [GOOD.slice(0, 4), /not one React but 0/],
])("%#: the problem of a bundle names the rule that it breaks", (sources, sentence) => {
  expect(problemsOfSources(sources).join(" ")).toMatch(sentence);
});
