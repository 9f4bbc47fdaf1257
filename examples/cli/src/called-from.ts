// Where the command was called: npm runs scripts in the package's own folder and names the caller's here.
import { relative, resolve } from "node:path";

const FOLDER = process.env["INIT_CWD"] ?? process.cwd();

/** A path as the caller means it, absolute. */
export function calledFrom(path: string): string {
  return resolve(FOLDER, path);
}

/** A path as the caller would write it. */
export function asCallerSees(path: string): string {
  return relative(FOLDER, path);
}
