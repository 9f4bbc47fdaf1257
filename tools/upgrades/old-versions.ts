// The packages as they were when an earlier version of the record was current: built from the history, packed and installed as the present ones are.
import { execFileSync, spawnSync } from "node:child_process";
import { globSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { install, pack } from "../packed/consumer.ts";

const LIBRARIES = ["packages/video-models", "packages/video-sdk"];
const KEPT = "packages/video-sdk/src/core/__fixtures__";

/** A version that is installed in a project of its own. */
export interface InstalledVersion {
  /** Of the record, such as 3. */
  readonly record: number;
  readonly project: string;
}

/** Every version up to the present one, which is the last. */
export function installVersions(root: string, into: string): readonly InstalledVersion[] {
  const present = globSync(`${KEPT}/records-v*.json`).length;
  return Array.from({ length: present }, (_, index) => index + 1).map((record) => {
    const source =
      record === present ? root : checkOut(lastCommitOf(record), { root, into: join(into, `source-${record}`) });
    const project = join(into, `version-${record}`);
    mkdirSync(project);
    const tarballs = join(into, `packed-${record}`);
    mkdirSync(tarballs);
    install(
      LIBRARIES.map((workspace) => pack(join(source, workspace), tarballs)),
      project,
      true,
    );
    return { record, project };
  });
}

/** The commit before the one that kept records of the next version. Needs the whole history. */
function lastCommitOf(record: number): string {
  const file = `${KEPT}/records-v${record + 1}.json`;
  const command = ["log", "--diff-filter=A", "--format=%H", "--", file];
  const added = execFileSync("git", command, { encoding: "utf8" }).trim().split("\n").at(-1);
  if (!added) throw new Error(`The history does not say when ${file} came: fetch all of it (git fetch --unshallow).`);
  return `${added}^`;
}

/** Builds the JavaScript of a commit, with what is installed today. */
function checkOut(commit: string, { root, into }: { readonly root: string; readonly into: string }): string {
  mkdirSync(into);
  const archive = execFileSync("git", ["archive", commit, "tsconfig.base.json", ...LIBRARIES], { maxBuffer: 1e9 });
  execFileSync("tar", ["-x", "-C", into], { input: archive });
  symlinkSync(join(root, "node_modules"), join(into, "node_modules"), "junction");
  for (const workspace of LIBRARIES) {
    const command = [join(root, "node_modules/tsup/dist/cli-default.js"), "--silent"];
    const { status, stderr } = spawnSync(process.execPath, command, { cwd: join(into, workspace), encoding: "utf8" });
    if (status !== 0) throw new Error(`${workspace} of ${commit} could not be built: ${stderr}`);
  }
  return into;
}
