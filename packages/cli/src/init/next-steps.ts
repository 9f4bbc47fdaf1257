// What a person does after the files are there, in their package manager's words. Knows nothing of how files are written.
import type { PackageManager, Project } from "./look-at-folder.ts";
import type { FoundFile } from "./write-files.ts";

/** The steps, each a sentence or a few lines. */
export function nextSteps(project: Project, files: readonly FoundFile[], kept: readonly string[]): readonly string[] {
  const { kind, convexFolder } = project;
  const hasFunctions = files.some(({ path }) => path.startsWith(`${convexFolder}/`));
  return [
    ...installSteps(project),
    ...(hasFunctions ? convexSteps(project, kept.includes(`${convexFolder}/schema.ts`)) : []),
    ...(kept.includes(".env.example") ? [missingSettings(files)] : []),
    kind === "node"
      ? "Copy .env.example to .env and fill it in."
      : "Add what is in .env.example to .env.local and fill it in.",
    ...signInStep(project),
    ...RUN[kind](project),
  ];
}

const ADD: Readonly<Record<PackageManager, string>> = {
  npm: "npm install",
  pnpm: "pnpm add",
  yarn: "yarn add",
  bun: "bun add",
};
const RUN_BY: Readonly<Record<PackageManager, string>> = {
  npm: "npx",
  pnpm: "pnpm exec",
  yarn: "yarn",
  bun: "bunx",
};
const EXPO_MODULES = [
  "@react-native-async-storage/async-storage",
  "@react-native-community/netinfo",
  "expo-file-system",
];

function installSteps({ kind, packageManager, installed, hasClerk, hasTypeScript }: Project): readonly string[] {
  const missing = (names: readonly string[]): string => names.filter((name) => !installed.has(name)).join(" ");
  const hasServer = kind !== "expo";
  const packages = missing([
    ...["@video-engine/video-sdk", "convex"],
    ...(hasServer ? ["@fal-ai/client", ...(hasClerk ? ["@clerk/backend"] : [])] : []),
  ]);
  const native = kind === "expo" ? missing(EXPO_MODULES) : "";
  const types = missing(hasServer && (hasTypeScript || kind === "next") ? ["@types/node"] : []);
  const dev = [types, ...(kind === "next" && !hasTypeScript ? ["typescript @types/react"] : [])].filter(Boolean);
  const flag = packageManager === "npm" ? "--save-dev" : "-D";
  const lines = [
    ...(packages === "" ? [] : [`${ADD[packageManager]} ${packages}`]),
    ...(native === "" ? [] : [`${RUN_BY[packageManager]} expo install ${native}`]),
    ...(dev.length === 0 ? [] : [`${ADD[packageManager]} ${flag} ${dev.join(" ")}`]),
  ];
  return lines.length === 0 ? [] : [["Install:", ...lines.map((line) => `  ${line}`)].join("\n")];
}

function convexSteps({ packageManager, convexFolder, hasClerk }: Project, isSchemaKept: boolean): readonly string[] {
  const run = RUN_BY[packageManager];
  const schema = [
    `Add the tables to ${convexFolder}/schema.ts, which was there already:`,
    "  defineSchema({ ...videoTables, /* yours */ }), with videoTables of ./videos/model/tables",
    "Where a table of yours has one of these names, add the fields and indexes of videos/model/tables.ts to it instead.",
  ];
  const issuer = hasClerk ? [`  ${run} convex env set CLERK_JWT_ISSUER_DOMAIN https://<your Clerk domain>`] : [];
  return [
    ...(isSchemaKept ? [schema.join("\n")] : []),
    [
      "Deploy the functions to your development deployment, and leave it running:",
      `  ${run} convex dev`,
      "In another terminal, with a secret of your own:",
      `  ${run} convex env set VIDEO_SERVER_SECRET "$(openssl rand -base64 32)"`,
      ...issuer,
    ].join("\n"),
    [
      `Credits: ${convexFolder}/videos/extras.ts gives a user some in development; your payments do it in production.`,
      `  ${run} convex env set ALLOW_EXTRAS 1`,
      `  ${run} convex run videos/extras:seedUser '{"credits":500,"subscriptionPlan":"pro"}' --identity '{"subject":"<user id>"}'`,
    ].join("\n"),
  ];
}

function missingSettings(files: readonly FoundFile[]): string {
  const text = files.find(({ path }) => path === ".env.example")?.text ?? "";
  const names = [...text.matchAll(/^(\w+)=/gm)].map(([, name]) => name);
  return `Your .env.example was kept. These are the settings: ${names.join(", ")}.`;
}

function signInStep({ kind, source, hasClerk, format }: Project): readonly string[] {
  if (kind === "expo" || hasClerk) return [];
  const folder = kind === "next" ? `${source}lib` : kind === "node" ? `${source}server` : "server";
  return [
    `Write ${folder}/video-sign-in${format.ending}: it says whose request it is. Until then every request is refused.`,
  ];
}

const RUN: Readonly<Record<Project["kind"], (project: Project) => readonly string[]>> = {
  next: (project) => [
    `In a client component: ${around(project)}`,
    `${RUN_BY[project.packageManager]} next dev, then look at http://localhost:3000/api/mobile/health`,
  ],
  vite: (project) => [
    `In the page: ${around(project)}`,
    'Pass the calls on in vite.config.ts: server: { proxy: { "/api": "http://127.0.0.1:8787" } }',
    `Start the routes: node --env-file=.env.local server/main${project.format.ending}`,
  ],
  expo: (project) => [
    `In the app: ${around(project)}`,
    "The routes run on your server: run init in its folder, too, with --no-convex where it has the same functions.",
  ],
  node: ({ source, format }) => [
    `Start the routes: node --env-file=.env ${source}server/main${format.ending}`,
    `Then a video: node --env-file=.env ${source}generate-video${format.ending} "a corgi surfing"`,
  ],
};

function around({ source, hasClerk }: Project): string {
  return hasClerk
    ? `<ClerkVideos> of ${source}lib/clerk-videos.tsx goes around what makes videos, with createEngine and convex of ${source}lib/video-engine.ts.`
    : `createEngine(userId, getToken) of ${source}lib/video-engine.ts, once the user is signed in, for <VideoEngineProvider> of @video-engine/video-sdk/react.`;
}
