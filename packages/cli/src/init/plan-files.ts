// Which files an app gets, and from which templates. Templates are real files of the repository, named by their path in it.
import type { Project, ProjectKind } from "./look-at-folder.ts";

/** A file to be written: its path in the app, and the templates that it is made of, one after the other. */
export interface FilePlan {
  readonly path: string;
  readonly templates: readonly string[];
  /** The template whose place it takes in the imports of the others. */
  readonly insteadOf?: string;
}

const TEMPLATES = "packages/cli/templates";
const CONVEX = "examples/convex/convex";

/** What an app may leave out. */
export interface PlanOptions {
  /** False where the functions are in another folder, as a phone app's may be. */
  readonly withConvex: boolean;
}

/** Every file, the nearest to the app's own code first. */
export function planFiles(project: Project, { withConvex }: PlanOptions): readonly FilePlan[] {
  return [
    ...ofKind[project.kind](project),
    ...(withConvex ? convexFiles(project) : []),
    { path: ".env.example", templates: envTemplates(project) },
  ];
}

const ofKind: Readonly<Record<ProjectKind, (project: Project) => readonly FilePlan[]>> = {
  next: (project) => [
    ...clientFiles(project),
    ...serverFiles(project, `${project.source}lib`),
    ...["generate-video", "video-status", "cancel-video", "health"].map((route) =>
      copyOf(`${project.source}app/api/mobile/${route}/route.ts`, `${TEMPLATES}/next/app/api/mobile/${route}/route.ts`),
    ),
  ],
  vite: (project) => [
    ...clientFiles(project),
    ...serverFiles(project, "server"),
    ...listenFiles(project, "server"),
    // The app's own configurations leave the server out.
    ...(project.hasTypeScript ? [copyOf("server/tsconfig.json", `${TEMPLATES}/vite/server/tsconfig.json`)] : []),
  ],
  expo: clientFiles,
  node: (project) => {
    const named = (name: string): string => project.source + name + project.format.ending;
    return [
      copyOf(named("generate-video"), `${TEMPLATES}/script/generate-video.ts`),
      copyOf(named("file-storage"), "packages/cli/src/file-storage.ts"),
      copyOf(named("process-locks"), "packages/cli/src/process-locks.ts"),
      ...serverFiles(project, `${project.source}server`),
      ...listenFiles(project, `${project.source}server`),
    ];
  },
};

function clientFiles({ kind, source, hasClerk }: Project): readonly FilePlan[] {
  const engine = copyOf(`${source}lib/video-engine.ts`, `${TEMPLATES}/${kind}/lib/video-engine.ts`);
  return hasClerk ? [engine, copyOf(`${source}lib/clerk-videos.tsx`, "examples/next/lib/clerk-videos.tsx")] : [engine];
}

function serverFiles({ hasClerk, format }: Project, folder: string): readonly FilePlan[] {
  const template = (name: string): string => `${TEMPLATES}/server/${name}.ts`;
  return [
    copyOf(`${folder}/video-routes${format.ending}`, template("video-routes")),
    {
      ...copyOf(
        `${folder}/video-sign-in${format.ending}`,
        template(hasClerk ? "video-sign-in.clerk" : "video-sign-in"),
      ),
      insteadOf: template("video-sign-in"),
    },
    copyOf(`${folder}/video-setting${format.ending}`, template("video-setting")),
  ];
}

function listenFiles({ format }: Project, folder: string): readonly FilePlan[] {
  return [
    copyOf(`${folder}/main${format.ending}`, `${TEMPLATES}/server/main.ts`),
    copyOf(`${folder}/serve-http${format.ending}`, "examples/sandbox/src/serve-http.ts"),
  ];
}

const FUNCTIONS = ["generations", "sessions", "users"];
const MODEL = ["caller", "credits", "deployedArgs", "fields", "holds", "operations", "plannedArgs"];
const MORE_MODEL = ["refusal", "rows", "sessions", "slots", "tables"];

/** The functions with operation ids, in a folder of their own: an app has other functions, and other modules named `users`. */
function convexFiles({ convexFolder, hasClerk }: Project): readonly FilePlan[] {
  const videos = `${convexFolder}/videos`;
  return [
    ...FUNCTIONS.map((name) => copyOf(`${videos}/${name}.ts`, `${CONVEX}/withOperationIds/${name}.ts`)),
    ...["reservations", "extras"].map((name) => copyOf(`${videos}/${name}.ts`, `${CONVEX}/${name}.ts`)),
    ...[...MODEL, ...MORE_MODEL].map((name) => copyOf(`${videos}/model/${name}.ts`, `${CONVEX}/model/${name}.ts`)),
    copyOf(`${convexFolder}/schema.ts`, `${CONVEX}/schema.ts`),
    ...(hasClerk ? [copyOf(`${convexFolder}/auth.config.ts`, `${TEMPLATES}/convex/auth.config.ts`)] : []),
  ];
}

/** Where an import of a template leads that is no template itself: what Convex generates. */
export function generatedFolders({ convexFolder }: Pick<Project, "convexFolder">): ReadonlyMap<string, string> {
  return new Map([[`${CONVEX}/_generated/`, `${convexFolder}/_generated/`]]);
}

function envTemplates({ kind, hasClerk }: Project): readonly string[] {
  const own = `${TEMPLATES}/${kind === "node" ? "script" : kind}/env.example`;
  return hasClerk && kind !== "expo" ? [own, `${TEMPLATES}/clerk.env.example`] : [own];
}

function copyOf(path: string, template: string): FilePlan {
  return { path, templates: [template] };
}

/** Every template that some app gets: what the package has to bring. */
export function allTemplates(): readonly string[] {
  const app = {
    folder: "",
    source: "",
    convexFolder: "convex",
    hasConvex: false,
    hasTypeScript: true,
    lacksServerReference: true,
  } as const;
  const format = {
    ending: ".ts",
    importEnding: "",
    runner: "node",
    lacksNodeTypes: false,
    takesEveryFolder: false,
  } as const;
  const plans = (Object.keys(ofKind) as ProjectKind[]).flatMap((kind) =>
    // the keys of this record are its type's
    [true, false].flatMap((hasClerk) =>
      planFiles({ ...app, kind, hasClerk, format, packageManager: "npm", installed: new Set() }, { withConvex: true }),
    ),
  );
  return [...new Set(plans.flatMap(({ templates }) => templates))].toSorted();
}
