// The programs as one script, as a bundler makes it from the packed packages for a runtime without modules of its own.
import { join } from "node:path";
import { build } from "esbuild";

/** The text of a script that defines `programs`. `conditions`: as which runtime the packages are to see the bundler. */
export async function bundlePrograms(
  project: string,
  names: readonly ("client" | "server")[],
  conditions: readonly string[],
): Promise<string> {
  const contents = names.map((name) => `export * from "./${name}.mjs";`).join("\n");
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: project, sourcefile: join(project, "programs.mjs") },
    bundle: true,
    write: false,
    format: "iife",
    globalName: "programs",
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: [...conditions, "module", "import"],
    target: "es2022",
    logLevel: "error",
  });
  return outputFiles[0]?.text ?? "";
}
