// The lint rules of the repository. Which folder may touch which global is a table here; which may import which is one in
// packages/video-sdk/test/import-rules.
import { defineConfig, type OxlintOverride } from "oxlint";

const TIME = "Time and timers come from the platform's clock.";
const BROWSER = "Only web/ knows the browser.";
const ABSENT = "Absent from some runtime of the client (React Native first): design it away, or ask a port.";
const NODE = "Only Node has it.";

/** Globals that code in packages may not touch, with the reason. */
const RESTRICTED_GLOBALS: Readonly<Record<string, string>> = {
  ...reasoned(
    TIME,
    "Date setTimeout setInterval setImmediate clearTimeout clearInterval requestAnimationFrame performance",
  ),
  ...reasoned(BROWSER, "window self document navigator location localStorage sessionStorage"),
  ...reasoned(ABSENT, "BroadcastChannel MessageChannel EventTarget Event CustomEvent DOMException structuredClone"),
  ...reasoned(ABSENT, "TextDecoder ReadableStream WritableStream TransformStream FinalizationRegistry EventSource"),
  ...reasoned(ABSENT, "SharedArrayBuffer Atomics WebAssembly queueMicrotask"),
  ...reasoned("A half-working imitation on React Native. Build addresses from strings.", "URL"),
  ...reasoned("Ids come from the platform; React Native has no crypto.", "crypto"),
  ...reasoned(
    "An argument, with the runtime's own as its default in http/, save-videos/ and server/providers/.",
    "fetch",
  ),
  ...reasoned("Requests go through http/; the socket is the Convex client's.", "XMLHttpRequest WebSocket"),
  ...reasoned(NODE, "Buffer process require __dirname __filename"),
};

/** Properties that code in packages may not touch, as `object.property` or `.property`, with the reason. */
const RESTRICTED_PROPERTIES: Readonly<Record<string, string>> = {
  ...reasoned("Chance comes from the platform.", "Math.random"),
  ...reasoned(TIME, "Date.now"),
  ...reasoned(
    ABSENT,
    "AbortSignal.any AbortSignal.timeout AbortSignal.abort Response.json URL.canParse .throwIfAborted",
  ),
  ...reasoned(ABSENT, "Object.groupBy Map.groupBy Array.fromAsync Promise.withResolvers Promise.try .toSorted"),
};

const SERVER_GLOBALS = "crypto URL TextDecoder ReadableStream WritableStream TransformStream DOMException";
const SERVER_PROPERTIES = "AbortSignal.any AbortSignal.abort Response.json URL.canParse .throwIfAborted .toSorted";

export default defineConfig({
  plugins: ["typescript", "unicorn", "import", "promise", "react", "oxc", "node", "vitest"],
  categories: { correctness: "error" },
  options: { typeAware: true, denyWarnings: true, reportUnusedDisableDirectives: "error" },
  ignorePatterns: ["**/node_modules/**", "**/_generated/**", "**/dist/**", "coverage/**", "out/**"],
  rules: {
    "typescript/no-floating-promises": "error",
    "typescript/no-misused-promises": "error",
    "typescript/await-thenable": "error",
    "typescript/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
    "typescript/only-throw-error": "error",
    "typescript/prefer-promise-reject-errors": "error",
    "typescript/consistent-type-imports": "error",
    "typescript/no-import-type-side-effects": "error",
    "typescript/no-explicit-any": "error",
    "typescript/no-non-null-assertion": "error",
    "typescript/ban-ts-comment": "error",
    // A declaration for an untyped package has to travel with the file that needs it: the examples compile our sources.
    "typescript/triple-slash-reference": ["error", { path: "always", types: "never", lib: "never" }],
    // Methods are closures here and "every method works unbound" is promised, so there is no `this` to lose.
    "typescript/unbound-method": "off",
    // Copies of a list that is changed while it is read are on purpose.
    "unicorn/no-useless-spread": "off",
    // zod's functional API has a catch() of its own.
    "promise/valid-params": "off",
    // Listeners and steps are functions that a promise may well call.
    "promise/no-callback-in-promise": "off",
    "import/no-cycle": "error",
    "react/rules-of-hooks": "error",
    "react/exhaustive-deps": "error",
    "max-lines": ["error", { max: 400, skipBlankLines: false, skipComments: false }],
    "max-lines-per-function": ["error", { max: 50, skipBlankLines: true, skipComments: true }],
    "max-params": ["error", { max: 3 }],
    "vitest/no-disabled-tests": "error",
    "vitest/no-focused-tests": "error",
    // A mock is typed by what it is passed to.
    "vitest/require-mock-type-parameters": "off",
    "vitest/valid-expect": ["error", { maxArgs: 2 }],
    "vitest/expect-expect": [
      "error",
      { assertFunctionNames: ["expect", "expectTypeOf", "assertBalanced", "**.assertBalanced", "always"] },
    ],
  },
  overrides: [
    { files: ["packages/*/src/**"], rules: { "no-console": "error", ...withoutGlobals() } },
    // A command line runs on Node alone, and speaks to a terminal.
    { files: ["packages/cli/src/**"], rules: { "no-console": "off", ...anyGlobal() } },
    // The cells in which a global is allowed. The later one wins.
    cell("packages/video-sdk/src/http/**", "fetch"),
    // The ways to send bytes: each of them is one runtime's.
    cell("packages/video-sdk/src/save-videos/copy-temporary-videos.ts", "fetch"),
    cell("packages/video-sdk/src/attachments/*put*.ts", "XMLHttpRequest fetch navigator"),
    // Date.parse of a Retry-After header reads no clock.
    cell("packages/video-sdk/src/http/retry-after.ts", "Date"),
    cell(
      "packages/video-sdk/src/web/**",
      "window document navigator location localStorage sessionStorage BroadcastChannel Event",
    ),
    cell("packages/video-sdk/src/server/**", SERVER_GLOBALS, SERVER_PROPERTIES),
    cell("packages/video-sdk/src/server/providers/*-call.ts", `${SERVER_GLOBALS} fetch`, SERVER_PROPERTIES),
    // These stand in for servers, so they speak as servers do.
    cell("packages/video-sdk/src/testing/providers/**", SERVER_GLOBALS, SERVER_PROPERTIES),
    // What runs in a deployment. Convex has no platform to pass in: one file asks for its time and its chance.
    cell("packages/video-convex/src/component/model/moment.ts", "Date", "Math.random Date.now"),
    cell("packages/video-convex/src/component/model/ceilings.ts", "Date"),
    cell("packages/video-convex/src/client/**", "crypto URL", "Response.json"),
    // Write a time that was passed in as the providers do.
    cell(
      "packages/video-sdk/src/testing/providers/{fal-job,wavespeed-task}.ts",
      `${SERVER_GLOBALS} Date`,
      SERVER_PROPERTIES,
    ),
    cell(
      "packages/video-sdk/src/platform/system.ts",
      "Date setTimeout clearTimeout crypto WebSocket",
      "Math.random Date.now",
    ),
    // The socket of Convex's own client, around which it puts another one.
    cell("packages/video-sdk/src/convex-sessions/**", "WebSocket"),
    // Writes times that it was given; reads no clock.
    cell("packages/video-sdk/src/devtools/in-words.ts", "Date"),
    // The product's own call shape.
    { files: ["packages/video-models/src/cost.ts"], rules: { "max-params": ["error", { max: 6 }] } },
    // One closure each, over state that several small functions share.
    {
      files: ["packages/video-sdk/src/{driven,engine,testing}/**"],
      rules: { "max-lines-per-function": ["error", { max: 80, skipBlankLines: true, skipComments: true }] },
    },
    // As the shipped app has it.
    { files: ["packages/video-sdk/test/shipped-app/**"], rules: { "react/set-state-in-effect": "off" } },
    {
      files: ["**/*.test.{ts,tsx}", "**/test/**", "**/__fixtures__/**"],
      rules: {
        "max-lines": ["error", { max: 700 }],
        "max-lines-per-function": ["error", { max: 150, skipBlankLines: true, skipComments: true }],
        // The rows of a table are destructured by their position, and asserted by their kind.
        "max-params": "off",
        "vitest/no-conditional-expect": "off",
        "no-restricted-globals": "off",
        "no-restricted-properties": "off",
      },
    },
  ],
});

/** One reason for several names. */
function reasoned(reason: string, names: string): Record<string, string> {
  return Object.fromEntries(names.split(" ").map((name) => [name, reason]));
}

/** A folder that may touch these. */
function cell(files: string, globals: string, properties = ""): OxlintOverride {
  return { files: [files], rules: withoutGlobals(globals.split(" "), properties.split(" ")) };
}

function anyGlobal(): Required<OxlintOverride>["rules"] {
  return { "no-restricted-globals": "off", "no-restricted-properties": "off" };
}

function withoutGlobals(
  allowedGlobals: readonly string[] = [],
  allowedProperties: readonly string[] = [],
): Required<OxlintOverride>["rules"] {
  const globals = Object.entries(RESTRICTED_GLOBALS).flatMap(([name, message]) =>
    allowedGlobals.includes(name) ? [] : [{ name, message }],
  );
  const properties = Object.entries(RESTRICTED_PROPERTIES).flatMap(([name, message]) => {
    const [object, property] = name.split(".");
    if (allowedProperties.includes(name) || property === undefined) return [];
    return [{ ...(object === "" ? {} : { object }), property, message }];
  });
  return {
    "no-restricted-globals": ["error", { checkGlobalObject: true, globals }],
    "no-restricted-properties": ["error", ...properties],
  };
}
