// Bundles the modules of the Convex component as Convex does: each by itself, for its own runtime, which has nothing of Node.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";

/** One sentence per problem. */
export function findComponentProblems(folder: string): string[] {
  const home = join("node_modules", "@video-engine/convex", "dist");
  const files = readdirSync(join(folder, home, "component")).filter((file) => file.endsWith(".js"));
  if (files.length === 0) return ["@video-engine/convex: the component has no modules"];
  const entries = [...files.map((file) => join("component", file)), join("client", "index.js")];
  return entries.flatMap((file) => {
    try {
      const { outputFiles } = buildSync({
        absWorkingDir: folder,
        entryPoints: [join(home, file)],
        bundle: true,
        write: false,
        minify: true,
        format: "esm",
        platform: "browser",
        conditions: ["convex", "module"],
        logLevel: "silent",
        // Loaded by the one provider that needs it, and looked for in the app.
        external: ["@fal-ai/client", "aws4fetch"],
      });
      process.stdout.write(
        `${file}: ${Math.round((outputFiles[0]?.contents.byteLength ?? 0) / 1024)} kB as Convex bundles it\n`,
      );
      return [];
    } catch (error) {
      return [`@video-engine/convex: ${file} cannot be bundled for Convex: ${String(error)}`];
    }
  });
}
