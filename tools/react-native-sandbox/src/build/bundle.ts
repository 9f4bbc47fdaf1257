// Bundles code of this sandbox into one classic script, with our packages taken from their dist as an app would get them.
import { build, type Plugin } from "esbuild";

/** Which target of a package's exports is taken: `import` as Metro does, `require` as an app's Jest does. */
export type Target = "import" | "require";

/** Bundles one file, or the given text, for React Native. `from`: the project whose packages are taken; left out, those of the repository. */
export async function bundle(
  source: { readonly file: string } | { readonly text: string },
  target: Target = "import",
  from?: string,
): Promise<string> {
  const { outputFiles } = await build({
    ...("file" in source
      ? { entryPoints: [source.file] }
      : { stdin: { contents: source.text, resolveDir: import.meta.dirname, loader: "ts" } }),
    bundle: true,
    write: false,
    format: "iife",
    target: "es2020",
    platform: "neutral",
    logLevel: "error",
    conditions: ["react-native"],
    mainFields: ["react-native", "module", "main"],
    define: { "process.env.NODE_ENV": '"production"' },
    plugins: [...(target === "require" ? [requireTarget] : []), ...(from === undefined ? [] : [packagesOf(from)])],
  });
  return outputFiles[0]?.text ?? "";
}

/** Resolves our packages as if each import of them were a require(). */
const requireTarget: Plugin = {
  name: "require-target",
  setup(builder) {
    builder.onResolve({ filter: /^@video-engine\// }, ({ path, kind, resolveDir }) =>
      kind === "require-call" ? undefined : builder.resolve(path, { kind: "require-call", resolveDir }),
    );
  },
};

/** Resolves our packages as an app in this folder would. */
function packagesOf(from: string): Plugin {
  return {
    name: "packages-of",
    setup(builder) {
      builder.onResolve({ filter: /^@video-engine\// }, ({ path, kind, resolveDir }) =>
        resolveDir === from ? undefined : builder.resolve(path, { kind, resolveDir: from }),
      );
    },
  };
}
