// Chromium as npm brings it: one compressed file, unpacked once per version and machine.
import { createReadStream, createWriteStream, existsSync, readFileSync, renameSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";

/** The path of the executable. Tests that ask at the same time may each unpack it; none is given half a file. */
export async function unpackChromium(): Promise<string> {
  if (process.platform !== "linux" || process.arch !== "x64")
    throw new Error(`npm has no Chromium for ${process.platform} ${process.arch}: set CHROME_PATH to a Chrome.`);
  const folder = join(dirname(createRequire(import.meta.url).resolve("@sparticuz/chromium")), "..");
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string }; // npm's own form
  const executable = join(tmpdir(), `chromium-${version}`);
  if (existsSync(executable)) return executable;
  const unfinished = `${executable}.${process.pid}.${performance.now()}`;
  await pipeline(
    createReadStream(join(folder, "bin/chromium.br")),
    createBrotliDecompress(),
    createWriteStream(unfinished, { mode: 0o755 }),
  );
  renameSync(unfinished, executable);
  return executable;
}
