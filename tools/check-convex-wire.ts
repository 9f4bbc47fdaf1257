// Tries the wire of convex-sessions on every version of convex that is supported and released. Asks npm for them, so it is run by hand or nightly:
// the test run has the oldest, the installed and the newest one. Prints a line per version, and ends with 1 where one speaks otherwise.
// Arguments are minor versions to try alone, such as 1.41.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const OLDEST_MINOR = 31;
const root = join(import.meta.dirname, "..");
const folder = join(root, "out/convex-wire");
const shell = process.platform === "win32";

const released = JSON.parse(
  execFileSync("npm", ["view", "convex", "versions", "--json"], { encoding: "utf8", shell }),
) as string[]; // npm's own
const wanted = process.argv.slice(2);
const versions = released.filter((version) => {
  const [, minor] = /^1\.(\d+)\.\d+$/.exec(version) ?? [];
  return Number(minor) >= OLDEST_MINOR && (wanted.length === 0 || wanted.includes(`1.${minor}`));
});

/** Unpacks a version into a folder of its own. What it needs beside itself is that of the repository. */
function unpack(version: string): string {
  const home = join(folder, version);
  rmSync(home, { recursive: true, force: true });
  mkdirSync(join(home, "convex"), { recursive: true });
  execFileSync("npm", ["pack", `convex@${version}`, "--silent", "--pack-destination", home], { shell });
  const tarball = join(home, `convex-${version}.tgz`);
  execFileSync("tar", ["-xzf", tarball, "-C", join(home, "convex"), "--strip-components=1"]);
  const config = `import { sessionsOnFolder } from "${join(root, "tools/peers/sessions-on.ts").replaceAll("\\", "/")}";
export default sessionsOnFolder("${version}", "${join(home, "convex").replaceAll("\\", "/")}");
`;
  writeFileSync(join(home, "vitest.config.ts"), config);
  return home;
}

let failed = 0;
for (const version of versions) {
  const home = unpack(version);
  const { status, stdout } = spawnSync("vitest", ["run", "--config", join(home, "vitest.config.ts")], {
    encoding: "utf8",
    shell,
  });
  process.stdout.write(`convex ${version}: ${status === 0 ? "as known" : `otherwise\n${stdout}`}\n`);
  if (status !== 0) failed++;
  rmSync(home, { recursive: true, force: true });
}
process.stdout.write(`${versions.length} versions, ${failed} that speak otherwise\n`);
process.exit(failed === 0 ? 0 : 1);
