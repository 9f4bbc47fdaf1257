// Pictures of the screen's states in a browser, light and dark, on phones and wide, and with text at 200 %, into screenshots/.
//   npm run screenshots -w examples/expo
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { launchChromium } from "@video-engine/example-web-grid/test/launch-chromium";
import { chromium, type BrowserContextOptions } from "playwright-core";
import { withLargeText } from "../browser/large-text.ts";
import { STATES } from "../browser/states.ts";
import { serveScreen } from "./serve-web.ts";

const FOLDER = fileURLToPath(new URL("../screenshots/", import.meta.url));
const TOUCH = { deviceScaleFactor: 2, hasTouch: true, isMobile: true };
const PHONE = { viewport: { width: 390, height: 780 }, ...TOUCH };
const LOOKS: Readonly<Record<string, BrowserContextOptions>> = {
  "phone-light": { ...PHONE, colorScheme: "light" },
  "phone-dark": { ...PHONE, colorScheme: "dark" },
  "large-text": { ...PHONE, colorScheme: "light" },
  narrow: { viewport: { width: 320, height: 568 }, ...TOUCH, colorScheme: "light" },
  landscape: { viewport: { width: 780, height: 390 }, ...TOUCH, colorScheme: "dark" },
  light: { viewport: { width: 1280, height: 800 }, colorScheme: "light" },
  dark: { viewport: { width: 1280, height: 800 }, colorScheme: "dark" },
};

mkdirSync(FOLDER, { recursive: true });
const [, , only] = process.argv;
const [screen, running] = await Promise.all([serveScreen({ port: 0, credits: 5_000, jobMs: 400 }), launchChromium()]);
const browser = await chromium.connect(running.url);
try {
  for (const look of Object.keys(LOOKS)) if (only === undefined || look === only) await pictures(look);
} finally {
  await browser.close();
  await running.close();
  await screen.close();
}

/** All states in one look. Each look has a user of its own, so that they begin alike. */
async function pictures(look: string): Promise<void> {
  const context = await browser.newContext({ ...LOOKS[look], reducedMotion: "reduce" });
  context.setDefaultTimeout(60_000);
  const tab = await context.newPage();
  tab.on("pageerror", (error) => console.error(look, error));
  await tab.goto(`${screen.url}/?user=${look}`);
  await tab.getByLabel("5,000 credits").waitFor();
  for (const state of Object.values(STATES))
    await state({
      tab,
      convexUrl: screen.convexUrl,
      async tokenOf() {
        const response = await fetch(`${screen.url}/demo/token?user=${look}`);
        return ((await response.json()) as { readonly token: string }).token; // of the demo's server
      },
      async save(name) {
        await tab.waitForLoadState("networkidle");
        // Pictures that are still on their way would be missing.
        await tab.waitForFunction("[...document.images].every(({ complete }) => complete)");
        const take = () => tab.screenshot({ path: `${FOLDER}${name}.${look}.png`, animations: "disabled" });
        await (look === "large-text" ? withLargeText(tab, take) : take());
      },
    });
  await context.close();
}
