// Compiles every TypeScript sample of the documentation against the sources. What a sample takes as given (an app's own names) stands in a
// comment before it, which a reader does not see: <!-- given ... -->.
import { spawnSync } from "node:child_process";
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const DOCUMENTS = ["README.md", "docs/*.md", "packages/*/README.md", "examples/*/README.md"];
const SAMPLE = /(?:<!-- given\n(?<given>[\s\S]*?)-->\s*)?```(?<language>tsx?)\n(?<code>[\s\S]*?)```/g;

/** The files that samples import by a path. */
const BESIDE: Readonly<Record<string, string>> = {
  "clerk-videos.tsx": readFileSync("examples/expo/src/clerk-videos.tsx", "utf8"),
  "convex.ts": `import { ConvexReactClient } from "convex/react";
export const API_URL = "https://app.example";
export const convex = new ConvexReactClient("https://happy-otter-123.convex.cloud");
`,
};

/** A sample as a file, and the line of the document that its first line comes from. */
interface Sample {
  readonly document: string;
  readonly line: number;
  readonly file: string;
  readonly text: string;
}

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
  const problems = compile(samples);
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  process.stdout.write(`${samples.length} samples, ${problems.length} problems\n`);
  process.exitCode = problems.length === 0 && samples.length > 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function samplesOf(document: string): Sample[] {
  const text = readFileSync(document, "utf8");
  return [...text.matchAll(SAMPLE)].map(({ index, 0: all, groups = {} }, at) => {
    const { given = "", language = "ts", code = "" } = groups;
    const before = text.slice(0, index + all.lastIndexOf(code));
    // The code comes first, so that its lines keep their distance.
    return {
      document,
      line: before.split("\n").length,
      file: `${document.replaceAll(/[/.]/g, "-")}-${at}.${language}`,
      text: `${code}\n${given}\nexport {};\n`,
    };
  });
}

function compile(samples: readonly Sample[]): string[] {
  for (const [file, text] of Object.entries(BESIDE)) writeFileSync(join(folder, file), text);
  for (const { file, text } of samples) writeFileSync(join(folder, file), text);
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts", "*.tsx"] }));
  const command = [join(root, "node_modules/typescript/bin/tsc"), "-p", folder, "--pretty", "false"];
  const { status, stdout } = spawnSync(process.execPath, command, { cwd: folder, encoding: "utf8" });
  if (status === 0) return [];
  const lines = stdout.trim().split("\n");
  return lines.map((line) =>
    line.replace(/^([^(]+)\((\d+),/, (whole, file: string, at: string) => placeOf(samples, file, at) ?? whole),
  );
}

/** The document and the line that an error is about; undefined for what is in no sample. */
function placeOf(samples: readonly Sample[], file: string, at: string): string | undefined {
  const sample = samples.find((one) => one.file === file);
  return sample && `${sample.document}(${sample.line + Number(at) - 1},`;
}
