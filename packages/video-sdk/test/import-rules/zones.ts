// Which part of a package may import which other part, and which packages: the one table of it. Knows no file system.

/** A part of a package and what it may import beside itself. Names are other zones, or packages as written in the import. */
export interface Zone {
  /** A folder with its slash, or one file, relative to the package's `src`. The longest match decides. `""`: everything else. */
  readonly files: string;
  /** May be imported as values, so also as types. */
  readonly values: readonly string[];
  /** May be imported with `import type` only. */
  readonly types: readonly string[];
}

const models = "@video-engine/video-models";
const providers = "@video-engine/video-models/providers";

/** The registry: pure data and pure functions. The wire of the providers stands on it, never the other way round. */
const VIDEO_MODELS: readonly Zone[] = [
  { files: "index.ts", values: ["", "models/"], types: [] },
  { files: "", values: ["models/", "zod/mini"], types: [] },
  { files: "models/", values: [], types: [""] },
  { files: "providers/", values: [""], types: [] },
];

const VIDEO_SDK: readonly Zone[] = [
  {
    files: "index.ts",
    values: [
      "catalogue/",
      "convex/",
      "core/",
      "create-video-engine.ts",
      "errors.ts",
      "grid/",
      "http/",
      "save-videos/",
      "settings/",
      models,
    ],
    types: ["attachments/", "compose-engine.ts", "engine/", "platform-ports.ts", "ports.ts"],
  },
  // The entry of those who put an engine together themselves.
  {
    files: "adapters/",
    values: [
      "after-success/",
      "attachments/",
      "compose-engine.ts",
      "convex/",
      "engine/",
      "http/",
      "platform/",
      "save-videos/",
      "settings/",
    ],
    types: ["catalogue/", "grid/", "guard-callbacks.ts", "file-ports.ts", "platform-ports.ts", "ports.ts"],
  },
  // The composition root: the one place where the adapters and the engine meet.
  {
    files: "create-video-engine.ts",
    values: [
      "after-success/",
      "attachments/",
      "check-engine-options.ts",
      "compose-engine.ts",
      "convex/",
      "core/",
      "engine/",
      "guard-callbacks.ts",
      "http/",
      "platform/",
      "save-videos/",
    ],
    types: ["catalogue/", "file-ports.ts", "platform-ports.ts", "ports.ts", "sentence-of.ts", models],
  },
  { files: "check-engine-options.ts", values: ["convex/", "errors.ts", "http/", "value-kinds.ts"], types: [] },
  // The engine and what an app uses beside it, over ports: with real adapters above, with fakes in testing/.
  {
    files: "compose-engine.ts",
    values: [
      "after-success/",
      "attachments/",
      "catalogue/",
      "core/",
      "engine/",
      "grid/",
      "sentence-of.ts",
      "settings/",
    ],
    types: ["file-ports.ts", "platform-ports.ts", "ports.ts", models],
  },
  { files: "errors.ts", values: [], types: [] },
  // What a user reads of an error.
  { files: "sentence-of.ts", values: ["errors.ts"], types: [] },
  { files: "thrown-error.ts", values: ["errors.ts", "logged-error.ts"], types: [] },
  // What a log may keep of an error, for both sides of the routes.
  { files: "logged-error.ts", values: ["errors.ts"], types: [] },
  { files: "platform-ports.ts", values: [], types: [] },
  { files: "ports.ts", values: [], types: ["errors.ts", models] },
  { files: "file-ports.ts", values: [], types: ["platform-ports.ts", "ports.ts", models] },
  {
    files: "protocol.ts",
    values: ["errors.ts", "find-videos.ts", "has-content.ts", "unusable-video.ts", "value-kinds.ts"],
    types: [],
  },
  { files: "value-kinds.ts", values: [], types: [] },
  { files: "gate.ts", values: [], types: [] },
  { files: "wait-for.ts", values: [], types: ["platform-ports.ts"] },
  // What an answer says, for both sides of the routes.
  { files: "find-videos.ts", values: ["value-kinds.ts"], types: [] },
  { files: "has-content.ts", values: [], types: [] },
  { files: "unusable-video.ts", values: ["errors.ts"], types: [] },
  {
    files: "core/",
    values: ["errors.ts", "value-kinds.ts", models],
    types: ["file-ports.ts", "platform-ports.ts", "ports.ts"],
  },
  {
    files: "engine/",
    values: [
      ...[
        "core/",
        "gate.ts",
        "guard-callbacks.ts",
        "value-kinds.ts",
        "logged-error.ts",
        "observable.ts",
        "errors.ts",
        "thrown-error.ts",
        "within.ts",
      ],
      models,
    ],
    types: ["attachments/", "file-ports.ts", "platform-ports.ts", "ports.ts"],
  },
  // What an app passes in and may throw: guarded where it enters.
  {
    files: "guard-callbacks.ts",
    values: ["thrown-error.ts", "value-kinds.ts"],
    types: ["core/", "platform-ports.ts", "ports.ts"],
  },
  { files: "within.ts", values: [], types: ["platform-ports.ts", "ports.ts"] },
  // Values that can be watched: every store for a user interface is built from them.
  { files: "observable.ts", values: [], types: [] },
  {
    files: "attachments/",
    values: [
      ...[
        "core/",
        "errors.ts",
        "gate.ts",
        "http/",
        "observable.ts",
        "protocol.ts",
        "thrown-error.ts",
        "value-kinds.ts",
      ],
      ...["wait-for.ts", models],
    ],
    types: ["file-ports.ts", "platform-ports.ts", "ports.ts"],
  },
  {
    files: "settings/",
    values: ["catalogue/", "errors.ts", "observable.ts", "platform/", "value-kinds.ts", models],
    types: ["attachments/", "core/", "engine/", "grid/", "platform-ports.ts", "ports.ts", "sentence-of.ts"],
  },
  // The models that an app sells. What asks the server for them is imported by apps that want it.
  {
    files: "catalogue/",
    values: ["http/", "observable.ts", "platform/", "within.ts", models],
    types: ["engine/", "errors.ts", "platform-ports.ts", "ports.ts"],
  },
  {
    files: "after-success/",
    values: ["errors.ts", "http/", "protocol.ts", "wait-for.ts"],
    types: ["core/", "platform-ports.ts", "ports.ts"],
  },
  {
    files: "save-videos/",
    values: ["attachments/", "core/", "errors.ts", "http/", "thrown-error.ts"],
    types: ["file-ports.ts", "platform-ports.ts", "ports.ts", models],
  },
  {
    files: "grid/",
    values: ["core/", "errors.ts", "observable.ts", "sentence-of.ts", models],
    types: ["platform-ports.ts", "ports.ts"],
  },
  { files: "platform/", values: [], types: ["platform-ports.ts", "ports.ts"] },
  {
    files: "http/",
    values: [
      ...["errors.ts", "http/retry-after.ts", "protocol.ts", "thrown-error.ts", "value-kinds.ts", "within.ts"],
      models,
    ],
    types: ["platform-ports.ts", "ports.ts"],
  },
  { files: "http/retry-after.ts", values: [], types: [] },
  {
    files: "convex/",
    values: ["errors.ts", "has-content.ts", "thrown-error.ts", "value-kinds.ts", "within.ts"],
    types: ["core/", "platform-ports.ts", "ports.ts"],
  },
  // An entry of its own: the only one that brings Convex's client.
  {
    files: "convex-sessions/",
    values: ["convex/browser", "convex/server", "convex/values", "platform/"],
    types: ["convex/", "core/", "errors.ts", "platform-ports.ts", "ports.ts"],
  },
  // Generations that run elsewhere: the engine's face without its machine.
  {
    files: "driven/",
    values: [
      ...["after-success/", "attachments/", "compose-engine.ts", "convex/", "core/", "engine/", "errors.ts"],
      ...["guard-callbacks.ts", "http/", "observable.ts", "platform/", models],
    ],
    types: ["create-video-engine.ts", "file-ports.ts", "platform-ports.ts", "ports.ts"],
  },
  { files: "web/", values: ["platform/"], types: ["platform-ports.ts", "ports.ts"] },
  { files: "react-native/", values: ["platform/"], types: ["file-ports.ts", "platform-ports.ts", "ports.ts"] },
  {
    files: "react/",
    values: ["react", "react/jsx-runtime", "errors.ts", "grid/", "settings/", models],
    types: ["attachments/", "catalogue/", "compose-engine.ts", "core/", "engine/", "sentence-of.ts"],
  },
  // Never the engine, its core or its adapters: they meet in protocol.ts and errors.ts.
  {
    files: "server/",
    values: [
      ...["errors.ts", "http/retry-after.ts", "platform/", "protocol.ts", models, providers],
      ...["find-videos.ts", "has-content.ts", "logged-error.ts", "unusable-video.ts"],
      ...["@fal-ai/client", "aws4fetch", "p-retry", "zod"],
    ],
    types: ["platform-ports.ts", "ports.ts"],
  },
  // For development: it may look at everything that an engine shows, and names the sandbox's scenarios.
  {
    files: "devtools/",
    values: ["react", "react/jsx-runtime", "engine/", "observable.ts", "platform/", "testing/"],
    types: ["compose-engine.ts", "core/", "platform-ports.ts", "ports.ts", models],
  },
  // Both sides' events, as types alone: the app passes the package in.
  { files: "opentelemetry/", values: [], types: ["engine/", "server/"] },
  {
    files: "testing/",
    values: ["compose-engine.ts", "core/", "errors.ts", models],
    types: ["engine/", "file-ports.ts", "platform-ports.ts", "ports.ts", "server/"],
  },
  // For our own tests and scripts only: the published testing entry must not reach it.
  {
    files: "testing/world/",
    values: ["convex-sessions/", "core/", "engine/", "errors.ts", "save-videos/", "testing/", models],
    types: ["platform-ports.ts", "ports.ts"],
  },
];

const sdk = "@video-engine/video-sdk";
const [adapters, core, server] = [`${sdk}/adapters`, `${sdk}/core`, `${sdk}/server`];

/** What runs in a deployment: the component, and the app's side of it, which reaches it by its generated interface and shares its plain parts. */
const VIDEO_CONVEX: readonly Zone[] = [
  {
    files: "component/convex.config.ts",
    values: ["convex/server", "@convex-dev/rate-limiter/convex.config.js"],
    types: [],
  },
  {
    files: "component/",
    values: ["convex/server", "convex/values", "@convex-dev/rate-limiter", adapters, core],
    types: [],
  },
  {
    files: "client/",
    values: ["component/", "convex/server", "convex/values", "p-retry", sdk, adapters, core, server, models],
    types: [],
  },
  {
    files: "",
    values: ["component/", "@convex-dev/rate-limiter/test"],
    types: ["convex/server", "convex-test"],
  },
];

/** The zones of each package, by its folder. */
export const ZONES: Readonly<Record<string, readonly Zone[]>> = {
  "packages/video-models": VIDEO_MODELS,
  "packages/video-sdk": VIDEO_SDK,
  "packages/video-convex": VIDEO_CONVEX,
};
