// Runs the packed command line where only its declared dependencies are: one video from the prompt to a file, without a key or a network.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What `npx` fetches before it shows anything, nearly all of it the clips of the sandbox. Bytes, packed. */
const MOST_BYTES = 4_100_000;

/** One sentence per problem. `folder` is a project with the packages and what they declare; `tarball` is that of the command line. */
export function findCommandProblems(folder: string, tarball: string): string[] {
  const output = join(folder, "corgi.mp4");
  const main = join(folder, "node_modules/@video-engine/cli/dist/main.js");
  const args = [main, "generate", "a corgi surfing", "--json", "--output", output];
  const env = { ...withoutKeys(process.env), SANDBOX_JOB_MS: "200" };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, env, encoding: "utf8" });
  const bytes = readFileSync(tarball).length;
  process.stdout.write(`@video-engine/cli: ${Math.ceil(bytes / 1_000)} kB packed\n`);
  return [
    ...(status === 0 ? [] : [`video-engine generate ended with ${status}: ${stderr || stdout}`]),
    ...(status !== 0 || isVideo(output) ? [] : [`video-engine generate wrote no video: ${stdout}`]),
    ...(bytes <= MOST_BYTES ? [] : [`@video-engine/cli has ${bytes} bytes packed, of at most ${MOST_BYTES}`]),
  ];
}

function isVideo(file: string): boolean {
  return existsSync(file) && readFileSync(file).subarray(4, 8).toString() === "ftyp";
}

function withoutKeys(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const isLeft = ([name]: [string, string | undefined]): boolean =>
    !/^(CONVEX_|FAL_KEY|KIE_API_KEY|ROUTES_URL|npm_|INIT_CWD)/.test(name);
  return Object.fromEntries(Object.entries(env).filter(isLeft));
}
