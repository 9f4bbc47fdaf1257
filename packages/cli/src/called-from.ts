// Where the command was called. npm runs a script in its package's folder, and names the caller's folder in INIT_CWD.
import { realpathSync } from "node:fs";
import { dirname, isAbsolute, relative, resolve } from "node:path";

const FOLDER = callersFolder(process.env, process.cwd());

/** A script that npm runs may have changed to another folder since: then that one is meant. */
function callersFolder({ INIT_CWD, npm_package_json }: NodeJS.ProcessEnv, cwd: string): string {
  // npm names its folder as it was told it, such as by a link; the system names it as it is.
  const isWhereNpmWent = npm_package_json === undefined || real(dirname(npm_package_json)) === real(cwd);
  return isWhereNpmWent && INIT_CWD !== undefined && isAbsolute(INIT_CWD) ? INIT_CWD : cwd;
}

function real(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}

/** A path as the caller means it, absolute. */
export function calledFrom(path: string): string {
  return resolve(FOLDER, path);
}

/** A path as the caller would write it: whole, where it is not below the folder of the call. */
export function asCallerSees(path: string): string {
  const below = relative(FOLDER, path);
  return below.startsWith("..") ? path : below;
}
