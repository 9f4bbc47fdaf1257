// What a runtime is to the check: how it is got, and how the programs run in it.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

/** Where the programs talk to. */
export interface RunningServices {
  readonly convexUrl: string;
  readonly routesUrl: string;
  readonly token: string;
}

/** What a run needs. */
export interface RunContext {
  /** A project with the packed packages and the programs. */
  readonly project: string;
  /** Where the packages of the runtimes are installed. */
  readonly home: string;
  readonly services: RunningServices;
}

/** What a run has shown, in the words of the programs. */
export interface RunReport {
  /** As the runtime says it. */
  readonly version: string;
  readonly shown: Readonly<Record<string, string>>;
}

/** A runtime. */
export interface Runtime {
  readonly name: string;
  /** Every check, or each night only: what has to be installed for it is large. */
  readonly when: "check" | "nightly";
  /** Packages that bring it, in exact versions. Left out: it is among those of the repository. */
  readonly packages?: Readonly<Record<string, string>>;
  readonly run: (context: RunContext) => Promise<RunReport>;
}

/** A runtime that loads packages by itself. `binary` is below the folder where its package is installed. */
export function nativeRuntime(
  name: string,
  { packages, binary, flags = [] }: { packages: Record<string, string>; binary: string; flags?: readonly string[] },
): Runtime {
  const run = async ({ project, home, services }: RunContext): Promise<RunReport> =>
    await runNative(join(home, "node_modules", binary), flags, { project, services });
  return { name, when: "nightly", packages, run };
}

/** Runs the programs with an executable. Meanwhile this process serves what they call. */
export async function runNative(
  executable: string,
  flags: readonly string[],
  { project, services }: Pick<RunContext, "project" | "services">,
): Promise<RunReport> {
  const env = { ...process.env, SERVICES: JSON.stringify(services), NODE_OPTIONS: "" };
  const { stdout } = await promisify(execFile)(executable, [...flags, "native.mjs"], { cwd: project, env });
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as RunReport; // what native.mjs prints
}
