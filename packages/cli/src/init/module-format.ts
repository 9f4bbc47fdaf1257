// How the files of a plain Node app are named and imported, so that they run and compile as its other files do.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The names of modules in an app. */
export interface ModuleFormat {
  /** `.mts` where the app's `.ts` files are CommonJS. */
  readonly ending: ".ts" | ".mts";
  /** What a relative import ends with: nothing where a bundler looks for the file. */
  readonly importEnding: "" | ".ts" | ".mts" | ".js" | ".mjs";
}

/**
 * By the `type` of package.json, and the tsconfig.json of the folder whose compiler has a say. Without one Node itself runs the files, which
 * wants their real names.
 */
export function readModuleFormat(folder: string | undefined, type: unknown): ModuleFormat {
  const file = folder === undefined ? undefined : join(folder, "tsconfig.json");
  const config = file !== undefined && existsSync(file) ? withoutComments(readFileSync(file, "utf8")) : undefined;
  if (config !== undefined && /"moduleResolution"\s*:\s*"bundler"|"module"\s*:\s*"preserve"/i.test(config))
    return { ending: ".ts", importEnding: "" };
  // Node takes a .ts file without a `type` for what its text is; TypeScript takes it for CommonJS.
  const isModule = type === "module" || (type === undefined && config === undefined);
  const takesRealNames =
    config === undefined || /"(allowImportingTsExtensions|rewriteRelativeImportExtensions)"\s*:\s*true/.test(config);
  if (isModule) return { ending: ".ts", importEnding: takesRealNames ? ".ts" : ".js" };
  return { ending: ".mts", importEnding: takesRealNames ? ".mts" : ".mjs" };
}

function withoutComments(text: string): string {
  // Strings are kept whole: a glob such as "src/**/*" looks like the beginning of a comment.
  return text.replaceAll(/"(?:\\.|[^"\\])*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (part) =>
    part.startsWith('"') ? part : "",
  );
}
