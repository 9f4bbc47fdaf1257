// Browsers as processes: each opens the page that tells what was shown, and is ended. Chromium comes from npm, the others from Debian.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unpackChromium } from "../unpack-chromium.ts";
import { servePage } from "./page.ts";
import type { RunContext, RunReport } from "./runtime.ts";

interface Browser {
  readonly executable: string;
  /** `profile` is an empty folder. */
  readonly args: (url: string, profile: string) => readonly string[];
  /** Prints its version. */
  readonly versionArgs: readonly string[];
}

const QUIET = ["--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--no-first-run"];

/** Runs the client's program in Chromium. */
export async function runInChromium(context: RunContext): Promise<RunReport> {
  const args = (url: string, profile: string) => [
    "--headless",
    "--no-sandbox",
    ...QUIET,
    `--user-data-dir=${profile}`,
    url,
  ];
  return await runIn({ executable: await unpackChromium(), args, versionArgs: ["--version"] }, context);
}

/** Runs the client's program in Debian's Firefox (`firefox-esr`). */
export async function runInFirefox(context: RunContext): Promise<RunReport> {
  const args = (url: string, profile: string) => ["--headless", "--no-remote", "--profile", profile, url];
  return await runIn({ executable: "firefox-esr", args, versionArgs: ["--version"] }, context);
}

/** Runs the client's program in WebKitGTK, Safari's family, on a display in memory (`webkit2gtk-driver`, `xvfb`, `xauth`). */
export async function runInWebKit(context: RunContext): Promise<RunReport> {
  const args = (url: string) => ["-a", MINI_BROWSER, "--private", url];
  return await runIn({ executable: "xvfb-run", args, versionArgs: ["-a", MINI_BROWSER, "--version"] }, context);
}

/** Debian keeps it beside the library, off the PATH. */
const MINI_BROWSER = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser";

async function runIn({ executable, args, versionArgs }: Browser, context: RunContext): Promise<RunReport> {
  const page = await servePage(context);
  const profile = mkdtempSync(join(tmpdir(), "video-engine-browser-"));
  const browser = spawn(executable, args(page.url, profile), { stdio: "ignore", detached: true });
  const ended = once(browser, "exit").then(([code]) => {
    throw new Error(`${executable} ended with code ${String(code)} before the page had run.`);
  });
  try {
    const shown = await Promise.race([page.shown, ended]);
    return { version: await versionOf(executable, versionArgs), shown };
  } finally {
    // Its children, too.
    if (browser.pid !== undefined) process.kill(-browser.pid, "SIGKILL");
    await ended.catch(() => undefined);
    await page.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** The first number with dots that it prints. */
async function versionOf(executable: string, args: readonly string[]): Promise<string> {
  const asked = spawn(executable, args, { stdio: ["ignore", "pipe", "ignore"] });
  let text = "";
  for await (const part of asked.stdout) text += String(part);
  return /\d+(?:\.\d+)+/.exec(text)?.[0] ?? text.trim();
}
