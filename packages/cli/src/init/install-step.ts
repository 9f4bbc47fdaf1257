// The step that installs what the written files import, and the app does not have yet.
import type { PackageManager, Project } from "./look-at-folder.ts";
import { RUN_BY } from "./run-command.ts";

const ADD: Readonly<Record<PackageManager, string>> = {
  npm: "npm install",
  pnpm: "pnpm add",
  yarn: "yarn add",
  bun: "bun add",
};
const EXPO_MODULES = [
  "@react-native-async-storage/async-storage",
  "@react-native-community/netinfo",
  "expo-file-system",
];

/** The lines of the step, or none where everything is there. */
export function installStep(project: Project): readonly string[] {
  const { kind, packageManager, installed, hasClerk } = project;
  const missing = (names: readonly string[]): string => names.filter((name) => !installed.has(name)).join(" ");
  const packages = missing([
    ...["@video-engine/video-sdk", "convex"],
    ...(kind === "expo" ? [] : ["@fal-ai/client", ...(hasClerk ? ["@clerk/backend"] : [])]),
  ]);
  const native = kind === "expo" ? missing(EXPO_MODULES) : "";
  const dev = missing(devPackages(project));
  const flag = packageManager === "npm" ? "--save-dev" : "-D";
  const lines = [
    ...(packages === "" ? [] : [`${ADD[packageManager]} ${packages}`]),
    ...(native === "" ? [] : [`${RUN_BY[packageManager]} expo install ${native}`]),
    ...(dev === "" ? [] : [`${ADD[packageManager]} ${flag} ${dev}`]),
  ];
  return lines.length === 0 ? [] : [["Install:", ...lines.map((line) => `  ${line}`)].join("\n")];
}

function devPackages({ kind, hasTypeScript, format }: Project): readonly string[] {
  return [
    ...(kind !== "expo" && (hasTypeScript || kind === "next") ? ["@types/node"] : []),
    // Next compiles TypeScript, and asks for these.
    ...(kind === "next" && !hasTypeScript ? ["typescript", "@types/react"] : []),
    ...(kind === "node" && format.runner === "compiled" ? ["typescript"] : []),
    ...(kind === "node" && format.runner === "tsx" ? ["tsx"] : []),
  ];
}
