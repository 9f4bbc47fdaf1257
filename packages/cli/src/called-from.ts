// Where the command was called. npm runs a script in its package's folder, and names the caller's folder in INIT_CWD.
import { dirname, relative, resolve } from "node:path";

const FOLDER = callersFolder(process.env, process.cwd());

/** A script that npm runs may have changed to another folder since: then that one is meant. */
function callersFolder({ INIT_CWD, npm_package_json }: NodeJS.ProcessEnv, cwd: string): string {
  const isWhereNpmWent = npm_package_json === undefined || dirname(npm_package_json) === cwd;
  return isWhereNpmWent ? (INIT_CWD ?? cwd) : cwd;
}

/** A path as the caller means it, absolute. */
export function calledFrom(path: string): string {
  return resolve(FOLDER, path);
}

/** A path as the caller would write it. */
export function asCallerSees(path: string): string {
  return relative(FOLDER, path);
}
