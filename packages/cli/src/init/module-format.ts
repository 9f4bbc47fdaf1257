// How the files of a plain Node app are named, imported and run, so that they compile and run as its other files do.
import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";

/** The names of modules in an app, and how they are run. */
export interface ModuleFormat {
  /** `.mts` where the app's `.ts` files are CommonJS. */
  readonly ending: ".ts" | ".mts";
  /** What a relative import ends with: nothing where a bundler looks for the file. */
  readonly importEnding: "" | ".ts" | ".mts" | ".js" | ".mjs";
  /** What runs the files: Node as they are, `tsx` where only that finds their imports, or Node after the compiler. */
  readonly runner: "node" | "tsx" | "compiled";
  /** Where the compiler writes to, from where, relative to the app. Undefined where it writes beside the files. */
  readonly output?: { readonly from: string; readonly to: string } | undefined;
  /** Whether the app's tsconfig.json does not name the types of Node, which TypeScript 6 and later do not see by themselves. */
  readonly lacksNodeTypes: boolean;
  /** Whether the app's compiler takes every folder, such as that of the functions. */
  readonly takesEveryFolder: boolean;
}

/**
 * By the `type` of package.json, and the tsconfig.json of the folder whose compiler has a say. Without one Node itself runs the files, which
 * wants their real names.
 */
export function readModuleFormat(folder: string | undefined, type: unknown): ModuleFormat {
  const file = folder === undefined ? undefined : join(folder, "tsconfig.json");
  const config = file !== undefined && existsSync(file) ? withoutComments(readFileSync(file, "utf8")) : undefined;
  if (config === undefined) {
    // Node takes a .ts file without a `type` for what its text is.
    const ending = type === "module" || type === undefined ? ".ts" : ".mts";
    return { ending, importEnding: ending, runner: "node", lacksNodeTypes: false, takesEveryFolder: false };
  }
  const types = /"types"\s*:\s*\[([^\]]*)\]/.exec(config)?.[1] ?? "";
  const facts = { lacksNodeTypes: !types.includes('"node"'), takesEveryFolder: !/"(include|files)"\s*:/.test(config) };
  if (/"moduleResolution"\s*:\s*"bundler"|"module"\s*:\s*"preserve"/i.test(config))
    return { ending: ".ts", importEnding: "", runner: "tsx", ...facts };
  // TypeScript takes a .ts file without a `type` for CommonJS.
  const isModule = type === "module";
  if (isTrue(config, "allowImportingTsExtensions|rewriteRelativeImportExtensions")) {
    const ending = isModule ? ".ts" : ".mts";
    return { ending, importEnding: ending, runner: "node", ...facts };
  }
  const runner = isTrue(config, "noEmit") ? "tsx" : "compiled";
  const names = isModule ? ({ ending: ".ts", importEnding: ".js" } as const) : MODULES_IN_COMMONJS;
  return { ...names, runner, output: outputOf(config), ...facts };
}

const MODULES_IN_COMMONJS = { ending: ".mts", importEnding: ".mjs" } as const;

function outputOf(config: string): ModuleFormat["output"] {
  const folder = (name: string): string | undefined => new RegExp(`"${name}"\\s*:\\s*"([^"]+)"`).exec(config)?.[1];
  const to = folder("outDir");
  return to === undefined ? undefined : { from: posix.normalize(folder("rootDir") ?? "."), to: posix.normalize(to) };
}

function isTrue(config: string, names: string): boolean {
  return new RegExp(`"(${names})"\\s*:\\s*true`).test(config);
}

function withoutComments(text: string): string {
  // Strings are kept whole: a glob such as "src/**/*" looks like the beginning of a comment.
  return text.replaceAll(/"(?:\\.|[^"\\])*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (part) =>
    part.startsWith('"') ? part : "",
  );
}
