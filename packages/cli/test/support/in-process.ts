// A command within this process, for tables of many: what it prints and its code. Only for what starts nothing.
import { vi } from "vitest";
import { start } from "../../src/start.ts";

/** What a command printed, and its exit code. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The variables that commands read. A test starts without those of its own process. */
const READ = ["CONVEX_URL", "CONVEX_TOKEN", "ROUTES_URL", "ROUTES_HONOUR_KEYS", "FAL_KEY", "KIE_API_KEY"];
const ALSO_READ = ["PROVIDERS_URL", "VIDEO_SIGNING_SECRET", "SANDBOX_JOB_MS"];

/** Runs a command. One after the other: they share the outputs. */
export async function inProcess(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const said = { stdout: "", stderr: "" };
  for (const name of [...READ, ...ALSO_READ]) vi.stubEnv(name, env[name]);
  const outputs = [
    vi.spyOn(process.stdout, "write").mockImplementation((text: unknown, then?: unknown) => {
      said.stdout += String(text);
      if (typeof then === "function") (then as () => void)();
      return true;
    }),
    vi.spyOn(console, "error").mockImplementation((text: unknown) => void (said.stderr += `${String(text)}\n`)),
  ];
  try {
    return { code: await start(args), ...said };
  } finally {
    for (const output of outputs) output.mockRestore();
    vi.unstubAllEnvs();
  }
}
