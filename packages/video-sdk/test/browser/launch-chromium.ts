// A real Chromium for tests: the one from npm, or the Chrome at CHROME_PATH. Knows nothing of what is tested in it.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromium, type Browser, type BrowserContext } from "playwright-core";
import { unpackChromium } from "../../../../tools/unpack-chromium.ts";

/** A running browser. */
export interface RunningChromium {
  /** `newContext()` gives profiles of their own, whose pages always count as seen. */
  readonly browser: Browser;
  /** The browser's own profile. Its pages can be hidden and frozen, as those of a person's browser can. */
  readonly profile: BrowserContext;
  /** Ends the browser, and leaves nothing behind. */
  close(): Promise<void>;
}

/** None of them weakens the web's own rules, as @sparticuz/chromium's own arguments would. The sandbox needs rights that CI does not give. */
const ARGUMENTS = [
  ...["--headless", "--no-sandbox", "--remote-debugging-port=0", "--no-first-run", "--no-default-browser-check"],
  ...["--disable-gpu", "--disable-dev-shm-usage", "--mute-audio", "--hide-scrollbars"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions"],
  // No name is looked up: there is no network here but this machine's own.
  "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
];

/** Starts a browser with an empty profile. Anywhere but on Linux x64 it needs `CHROME_PATH`. The first start on a machine takes seconds. */
export async function launchChromium(): Promise<RunningChromium> {
  const profileFolder = mkdtempSync(join(tmpdir(), "chromium-profile-"));
  const executable = process.env["CHROME_PATH"] ?? (await unpackChromium());
  const child = spawn(executable, [...ARGUMENTS, `--user-data-dir=${profileFolder}`, "about:blank"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const kill = (): void => void child.kill("SIGKILL");
  process.once("exit", kill);
  const browser = await chromium.connectOverCDP(await addressOf(child), { noDefaults: true });
  const [profile] = browser.contexts();
  if (profile === undefined) throw new Error("Chromium came up without a profile.");
  return {
    browser,
    profile,
    async close() {
      process.removeListener("exit", kill);
      await browser.close();
      const ended = once(child, "exit");
      kill();
      await ended;
      rmSync(profileFolder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** The address that Chromium prints once it listens. */
async function addressOf(child: ChildProcess): Promise<string> {
  const { stderr } = child;
  if (stderr === null) throw new Error("Chromium was started without an error stream.");
  const said: string[] = [];
  for await (const line of createInterface(stderr)) {
    const address = /^DevTools listening on (\S+)$/.exec(line)?.[1];
    if (address !== undefined) {
      // A pipe that is not read would fill up and stop the browser.
      stderr.resume();
      return address;
    }
    said.push(line);
  }
  throw new Error(`Chromium did not start:\n${said.join("\n")}`);
}
