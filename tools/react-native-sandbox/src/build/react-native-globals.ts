// Bundles the web globals of bare React Native out of the JavaScript that react-native itself publishes, without the native halves.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build, type Plugin } from "esbuild";
import stripFlow from "flow-remove-types";

/** React Native's own sources are Flow, and its native modules are not there. */
const reactNative: Plugin = {
  name: "react-native",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]NativeBlobModule\.js$/ }, () => ({ contents: "export default null;", loader: "js" }));
    onLoad({ filter: /[\\/]react-native[\\/]Libraries[\\/].*\.js$/ }, ({ path }) => ({
      contents: stripFlow(readFileSync(path, "utf8"), { all: true }).toString(),
      loader: "js",
      resolveDir: dirname(path),
    }));
  },
};

/** The script that installs them. */
export async function buildReactNativeGlobals(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, "../device/react-native-globals.js")],
    bundle: true,
    write: false,
    format: "iife",
    target: "es2020",
    logLevel: "error",
    define: { __DEV__: "false", "process.env.NODE_ENV": '"production"', global: "globalThis" },
    plugins: [reactNative],
  });
  return outputFiles[0]?.text ?? "";
}
