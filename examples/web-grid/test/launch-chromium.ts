// A real Chromium that several test files share: the one from npm, or the Chrome at CHROME_PATH.
import { chromium } from "playwright-core";
import { unpackChromium } from "../../../tools/unpack-chromium.ts";

/** A running browser. */
export interface SharedChromium {
  /** For `chromium.connect`. */
  readonly url: string;
  close(): Promise<void>;
}

/** None of them weakens the web's own rules. The sandbox needs rights that CI does not give. */
const ARGUMENTS = [
  ...["--disable-gpu", "--disable-dev-shm-usage", "--mute-audio", "--no-first-run"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
];

/** Starts it, with further arguments. The first start on a machine takes seconds. */
export async function launchChromium(more: readonly string[] = []): Promise<SharedChromium> {
  const server = await chromium.launchServer({
    executablePath: process.env["CHROME_PATH"] ?? (await unpackChromium()),
    headless: true,
    chromiumSandbox: false,
    args: [...ARGUMENTS, ...more],
  });
  return { url: server.wsEndpoint(), close: () => server.close() };
}
