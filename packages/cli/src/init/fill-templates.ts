// The texts of the planned files: templates, with their imports led to where the files are in the app.
import { readFileSync } from "node:fs";
import { extname, join, posix } from "node:path";
import type { Project } from "./look-at-folder.ts";
import { generatedFolders, type FilePlan } from "./plan-files.ts";

/** A file to be written. */
export interface FilledFile {
  /** In the app, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** The repository, from its sources; in the package, a copy of what is needed of it. */
const ROOT = join(import.meta.dirname, extname(import.meta.filename) === ".ts" ? "../../../.." : "templates");

/** Reads the templates of a plan. */
export function fillTemplates(plan: readonly FilePlan[], project: Project): readonly FilledFile[] {
  const places = new Map(
    plan.flatMap(({ path, templates, insteadOf }) =>
      [...templates, ...(insteadOf === undefined ? [] : [insteadOf])].map((template) => [template, path] as const),
    ),
  );
  const folders = generatedFolders(project);
  return plan.map(({ path, templates }) => {
    const texts = templates.map((template) =>
      relocate(readFileSync(join(ROOT, template), "utf8"), (specifier) => {
        const target = posix.join(posix.dirname(template), specifier);
        const place = places.get(target) ?? inFolders(target, folders);
        if (place === undefined) throw new Error(`${template} imports ${specifier}, which is in no plan.`);
        return relativeImport(path, place, runsOnNode(path, project) ? project.format.importEnding : "");
      }),
    );
    return { path, text: texts.join("") };
  });
}

const RELATIVE_IMPORT = /(?<=^(?:import|export|\}) ?[^"\n]*)"(\.{1,2}\/[^"]+)"/gm;

/** A text with every relative import led elsewhere. */
function relocate(text: string, placeOf: (specifier: string) => string): string {
  return text.replaceAll(RELATIVE_IMPORT, (_, specifier: string) => `"${placeOf(specifier)}"`);
}

function relativeImport(from: string, to: string, ending: string): string {
  const path = posix.relative(posix.dirname(from), to).replace(/\.m?tsx?$/, ending);
  return path.startsWith(".") ? path : `./${path}`;
}

function inFolders(target: string, folders: ReadonlyMap<string, string>): string | undefined {
  for (const [from, to] of folders) if (target.startsWith(from)) return to + target.slice(from.length);
  return undefined;
}

/** Everything else goes through a bundler, which looks for the file by itself: of the framework, or of Convex. */
function runsOnNode(path: string, { kind, convexFolder }: Project): boolean {
  return kind === "node" ? !path.startsWith(`${convexFolder}/`) : kind === "vite" && path.startsWith("server/");
}
