// Bundles the server's entry as each kind of bundler would: for servers it is the server, for apps what throws the reason.
import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** What a bundler for each says that it is. Those for workers say that they are browsers, too. */
const BUNDLERS = [
  { name: "Node.js", conditions: ["node", "import"], isServer: true },
  { name: "workerd", conditions: ["workerd", "worker", "browser", "import"], isServer: true },
  { name: "Next's edge", conditions: ["edge-light", "worker", "browser", "import"], isServer: true },
  { name: "a browser", conditions: ["browser", "import"], isServer: false },
  { name: "Metro", conditions: ["react-native", "import"], isServer: false },
] as const;

const PROGRAM = `import { createVideoRoutes } from "@video-engine/video-sdk/server";
process.stdout.write(typeof createVideoRoutes);
`;
const REASON = "runs on servers only";

/** One sentence per problem. `folder` is a project with the packages, `root` has the bundler. */
export function findWrongEntryProblems(folder: string, root: string): string[] {
  writeFileSync(join(folder, "entry.mjs"), PROGRAM);
  return BUNDLERS.flatMap(({ name, conditions, isServer }) => {
    const flags = [
      "--bundle",
      "--platform=neutral",
      "--main-fields=module,main",
      "--format=esm",
      "--outfile=entry.out.mjs",
    ];
    const externals = ["--external:@fal-ai/client", "--external:aws4fetch", "--log-level=error"];
    const command = ["entry.mjs", ...flags, ...externals, `--conditions=${conditions.join(",")}`];
    execFileSync(join(root, "node_modules/.bin/esbuild"), command, {
      cwd: folder,
      shell: process.platform === "win32",
    });
    const { stdout, stderr } = spawnSync(process.execPath, ["entry.out.mjs"], { cwd: folder, encoding: "utf8" });
    const isRight = isServer ? stdout === "function" : stderr.includes(REASON);
    return isRight
      ? []
      : [`A bundle of ./server for ${name} is ${isServer ? "not the server" : "not refused"}: ${stdout}${stderr}`];
  });
}
