// Compiles every TypeScript sample of the documentation against the sources, and looks after its links. What a sample takes as given (an app's own names) stands in a
// comment before it, which a reader does not see: <!-- given ... -->. Samples after <!-- run --> are tests, and are run.
import { spawnSync } from "node:child_process";
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { findBrokenLinks, findUnlistedPages } from "./docs/find-broken-links.ts";

const DOCUMENTS = ["README.md", "docs/*.md", "packages/*/README.md", "examples/*/README.md"];
const LINKED = [...DOCUMENTS, "*.md", "docs/decisions/*.md"];
const SAMPLE =
  /(?:`(?<name>[\w./-]+)`[^`\n]*:\s+)?(?:<!-- (?<run>run) -->\s+)?(?:<!-- given\n(?<given>[\s\S]*?)-->\s*)?```(?<language>tsx?)\n(?<code>[\s\S]*?)```/g;

/** Where a sample stands: what it imports by a path is around it. */
const HOME = "src/lib";
/** Pages whose files are all of an app: each file of such a page stands at its own path, beside the others. */
const WHOLE_APPS = /^docs\/(getting-started|quick-start-\w+)\.md$/;
const CONVEX = `import { ConvexReactClient } from "convex/react";
export const API_URL = "https://app.example";
export const convex = new ConvexReactClient("https://happy-otter-123.convex.cloud");
`;
/** The files that samples import by a path, and stand-ins for packages that only `npm run migrate` installs: it compiles the same samples. */
const BESIDE: Readonly<Record<string, string>> = {
  "convex/_generated/api.ts": `export { api } from "@video-engine/example-convex/api";`,
  "src/lib/_generated/api.ts": `import type { ComponentApi } from "@video-engine/convex";
export { api } from "@video-engine/example-convex/api";
export declare const components: { readonly videoEngine: ComponentApi };
`,
  "src/lib/clerk-videos.tsx": readFileSync("examples/expo/src/clerk-videos.tsx", "utf8"),
  "src/lib/convex.ts": CONVEX,
  "src/lib/lib/convex.ts": CONVEX,
  "src/lib/lib/video-engine.ts": `import type { ClerkVideos } from "../clerk-videos";
export declare const createEngine: Parameters<typeof ClerkVideos>[0]["createEngine"];
`,
  "src/lib/screens.tsx": `export const SignInScreen = () => null;
export const VideosScreen = () => null;
`,
  "src/wakeable-lifecycle.ts": readFileSync("examples/expo/src/wakeable-lifecycle.ts", "utf8"),
  "expo.d.ts": `declare module "expo-media-library" {
  export function requestPermissionsAsync(writeOnly?: boolean): Promise<{ granted: boolean }>;
  export function saveToLibraryAsync(localUri: string): Promise<void>;
}
declare module "expo-sharing" {
  export function shareAsync(url: string, options?: { mimeType?: string; UTI?: string }): Promise<void>;
}
declare module "expo-background-task" {
  export enum BackgroundTaskResult { Success = 1, Failed = 2 }
  export function registerTaskAsync(name: string, options?: { minimumInterval?: number }): Promise<void>;
}
declare module "expo-task-manager" {
  export function defineTask(name: string, task: () => Promise<unknown>): void;
}
declare module "expo-notifications" {
  export function scheduleNotificationAsync(request: {
    content: { title: string; body: string };
    trigger: null;
  }): Promise<string>;
}
`,
  "src/quick-start-node/file-storage.ts": readFileSync("packages/cli/src/file-storage.ts", "utf8"),
  "src/quick-start-node/process-locks.ts": readFileSync("packages/cli/src/process-locks.ts", "utf8"),
  "src/quick-start-next/lib/video-engine.ts": readFileSync("packages/cli/templates/next/lib/video-engine.ts", "utf8"),
  "src/quick-start-next/lib/clerk-videos.tsx": readFileSync("examples/next/lib/clerk-videos.tsx", "utf8"),
  "vite.d.ts": `declare module "@vitejs/plugin-react" {
  export default function react(): import("vite").PluginOption;
}
`,
  "clerk.d.ts": `declare module "@clerk/clerk-expo" {
  import type { FunctionComponent, ReactNode } from "react";
  export const ClerkProvider: FunctionComponent<{ publishableKey: string; tokenCache?: object; children: ReactNode }>;
  export const useAuth: Parameters<typeof import("./src/lib/clerk-videos").ClerkVideos>[0]["useAuth"];
}
declare module "@clerk/nextjs" {
  import type { FunctionComponent, ReactNode } from "react";
  export const ClerkProvider: FunctionComponent<{ children: ReactNode }>;
  export const SignInButton: FunctionComponent;
  export { useAuth } from "@clerk/clerk-expo";
}
declare module "@clerk/clerk-expo/token-cache" {
  export const tokenCache: object;
}
`,
};

/** A sample as a file, and the line of the document that its first line comes from. */
interface Sample {
  readonly document: string;
  readonly line: number;
  readonly file: string;
  readonly text: string;
}

const VITEST = `const conditions = ["@video-engine/source"];
export default { resolve: { conditions }, ssr: { resolve: { conditions } }, test: { include: ["src/**/*.test.ts"] } };
`;

const root = process.cwd();
const compilerOptions = {
  module: "preserve",
  moduleResolution: "bundler",
  target: "es2022",
  lib: ["es2023", "dom", "dom.iterable"],
  jsx: "react-jsx",
  types: ["node"],
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  customConditions: ["@video-engine/source"],
  allowImportingTsExtensions: true,
  exactOptionalPropertyTypes: true,
};

mkdirSync(join(root, "out"), { recursive: true });
const folder = mkdtempSync(join(root, "out", "docs-"));
try {
  const samples = globSync(DOCUMENTS).toSorted().flatMap(samplesOf);
  const problems = [...findUnlistedPages(), ...globSync(LINKED).flatMap(findBrokenLinks), ...compile(samples)];
  if (problems.length === 0) problems.push(...runTests());
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  process.stdout.write(`${samples.length} samples, ${problems.length} problems\n`);
  process.exitCode = problems.length === 0 && samples.length > 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function samplesOf(document: string): Sample[] {
  const text = readFileSync(document, "utf8");
  return [...text.matchAll(SAMPLE)].map(({ index, 0: all, groups = {} }, at) => {
    const { given = "", language = "ts", code = "", name, run } = groups;
    const page = WHOLE_APPS.exec(document)?.[1];
    const own = page === undefined || name === undefined ? undefined : `src/${page}/${name}`;
    const before = text.slice(0, index + all.lastIndexOf(code));
    // The code comes first, so that its lines keep their distance.
    return {
      document,
      line: before.split("\n").length,
      file: own ?? `${HOME}/${document.replaceAll(/[/.]/g, "-")}-${at}.${run === undefined ? "" : "test."}${language}`,
      text: `${code}\n${given}\nexport {};\n`,
    };
  });
}

function compile(samples: readonly Sample[]): string[] {
  for (const [file, text] of Object.entries(BESIDE)) {
    mkdirSync(join(folder, dirname(file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  for (const { file, text } of samples) {
    mkdirSync(join(folder, dirname(file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.d.ts", "src"] }));
  const command = [join(root, "node_modules/typescript/bin/tsc"), "-p", folder, "--pretty", "false"];
  const { status, stdout } = spawnSync(process.execPath, command, { cwd: folder, encoding: "utf8" });
  if (status === 0) return [];
  const lines = stdout.trim().split("\n");
  return lines.map((line) =>
    line.replace(/^([^(]+)\((\d+),/, (whole, file: string, at: string) => placeOf(samples, file, at) ?? whole),
  );
}

/** Runs the samples that say so, which are tests. */
function runTests(): string[] {
  writeFileSync(join(folder, "vitest.config.ts"), VITEST);
  const command = [join(root, "node_modules/vitest/vitest.mjs"), "run", "--root", folder, "--reporter=dot"];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: folder, encoding: "utf8" });
  return status === 0 ? [] : [stdout, stderr];
}

/** The document and the line that an error is about; undefined for what is in no sample. */
function placeOf(samples: readonly Sample[], file: string, at: string): string | undefined {
  const sample = samples.find((one) => one.file === file);
  return sample && `${sample.document}(${sample.line + Number(at) - 1},`;
}
