// What a person does after the files are there, in the order in which it works, in their package manager's words. Knows nothing of how files
// are written.
import { installStep } from "./install-step.ts";
import type { Project } from "./look-at-folder.ts";
import { buildCommand, RUN_BY, runCommand } from "./run-command.ts";
import type { FoundFile } from "./write-files.ts";

/** The steps, each a sentence or a few lines. */
export function nextSteps(project: Project, files: readonly FoundFile[], kept: readonly string[]): readonly string[] {
  const { kind, convexFolder } = project;
  const hasFunctions = files.some(({ path }) => path.startsWith(`${convexFolder}/`));
  return [
    ...installStep(project),
    ...compilerSteps(project, hasFunctions),
    ...signInStep(project, hasFunctions),
    ...(hasFunctions ? convexSteps(project, kept.includes(`${convexFolder}/schema.ts`)) : []),
    ...(kept.includes(".env.example") ? [missingSettings(files)] : []),
    kind === "node"
      ? "Copy .env.example to .env and fill it in."
      : "Add what is in .env.example to .env.local and fill it in.",
    ...RUN[kind](project),
  ];
}

/** What the app's own compiler would leave out, or take and should not. */
function compilerSteps({ kind, lacksServerReference, format, convexFolder }: Project, hasFunctions: boolean) {
  const changes = [
    ...(format.lacksNodeTypes ? ['  "compilerOptions": { "types": ["node"] }   the files run on Node'] : []),
    ...(hasFunctions && format.takesEveryFolder
      ? [`  "exclude": ["${convexFolder}"]   \`convex dev\` checks the functions with settings of their own`]
      : []),
    ...(kind === "vite" && lacksServerReference
      ? ['  "references": [{ "path": "./server" }]   your build then checks the server, too']
      : []),
  ];
  return changes.length === 0 ? [] : [["Add to what tsconfig.json has:", ...changes].join("\n")];
}

function signInStep(
  { kind, source, hasClerk, format, convexFolder }: Project,
  hasFunctions: boolean,
): readonly string[] {
  if (hasClerk)
    return hasFunctions
      ? ['Sign-in: in Clerk\'s dashboard switch on the Convex integration, or add a JWT template named "convex".']
      : [];
  const folder = kind === "next" ? `${source}lib` : kind === "node" ? `${source}server` : "server";
  const lines = [
    ...(kind === "expo"
      ? []
      : [
          `  ${folder}/video-sign-in${format.ending} says whose request it is. Write it: until then every request is refused.`,
        ]),
    ...(hasFunctions
      ? [`  ${convexFolder}/auth.config.ts tells Convex of the same users: https://docs.convex.dev/auth`]
      : []),
  ];
  return lines.length === 0 ? [] : [["Sign-in, which no video works without:", ...lines].join("\n")];
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

const RUN: Readonly<Record<Project["kind"], (project: Project) => readonly string[]>> = {
  next: (project) => [
    engineStep(project, "In a client component"),
    `${RUN_BY[project.packageManager]} next dev, then look at http://localhost:3000/api/mobile/health: ok when all is set.`,
  ],
  vite: (project) => [
    engineStep(project, "In the page"),
    'Pass the calls on in vite.config.ts: server: { proxy: { "/api": "http://127.0.0.1:8787" } }',
    [
      "Start the routes, and the page beside them:",
      `  node --env-file=.env.local server/main${project.format.ending}`,
      `  ${RUN_BY[project.packageManager]} vite`,
      "Then look at http://127.0.0.1:8787/api/mobile/health: ok when all is set.",
    ].join("\n"),
  ],
  expo: (project) => [
    engineStep(project, "In the app"),
    "The routes run on your server: run init in its folder, too, with --no-convex where it has the same functions.",
  ],
  node: (project) => {
    const build = buildCommand(project);
    return [
      ...(build === undefined ? [] : [`Compile: ${build}`]),
      `Start the routes: ${runCommand(project, `${project.source}server/main`, ".env")}`,
      `Then a video: ${runCommand(project, `${project.source}generate-video`, ".env")} "a corgi surfing"`,
    ];
  },
};

/** Puts the engine around an app's screens, as code to copy. `where`: how the step begins, such as `In the page`. */
function engineStep({ source, hasClerk }: Project, where: string): string {
  const file = `${source}lib/video-engine.ts`;
  if (hasClerk)
    return [
      `${where}, around what makes videos: ${source}lib/clerk-videos.tsx, with convex and createEngine of ${file}.`,
      "  <ClerkVideos convex={convex} useAuth={useAuth} createEngine={createEngine} signedOut={...}>...</ClerkVideos>",
    ].join("\n");
  return [
    `${where}, once the user is signed in, and once for each user: createEngine of ${file}.`,
    "  const engine = createEngine(userId, getToken);",
    "  <VideoEngineProvider engine={engine}>...</VideoEngineProvider>   of @video-engine/video-sdk/react",
  ].join("\n");
}
