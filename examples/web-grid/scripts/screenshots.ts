// Pictures of the page's states, light and dark, wide and narrow, and with large text, into screenshots/. Starts what it needs.
//   npm run screenshots -w examples/web-grid [-- a look, or a part of a state's name]
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { servePage } from "../server/serve-page.ts";
import { startServices } from "../server/start-services.ts";
import { launchChromium } from "../test/launch-chromium.ts";
import { STATES, type Studio } from "./states.ts";

const FOLDER = fileURLToPath(new URL("../screenshots/", import.meta.url));
const WIDE = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 390, height: 780 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };
const LOOKS: Readonly<Record<string, BrowserContextOptions>> = {
  light: { ...WIDE, colorScheme: "light" },
  dark: { ...WIDE, colorScheme: "dark" },
  "phone-light": { ...PHONE, colorScheme: "light" },
  "phone-dark": { ...PHONE, colorScheme: "dark" },
  "phone-narrow": { ...PHONE, viewport: { width: 320, height: 568 }, colorScheme: "light" },
  "phone-large-text": { ...PHONE, colorScheme: "light" },
};

mkdirSync(FOLDER, { recursive: true });
const [, , only] = process.argv;
const services = await startServices({ credits: 5_000, subscriptionPlan: "max", jobMs: 400 });
const [page, running] = await Promise.all([
  servePage({ apiUrl: services.apiUrl, port: 0, isBuilt: true }),
  launchChromium(),
]);
const browser = await chromium.connect(running.url);
try {
  for (const look of Object.keys(LOOKS))
    if (only === undefined || !(only in LOOKS) || only === look) await picture(browser, look);
} finally {
  await browser.close();
  await running.close();
  await Promise.all([page.close(), services.close()]);
}

/** All states in one look. Each look has a user of its own, so that they begin alike. */
async function picture(from: Browser, look: string): Promise<void> {
  const user = look;
  const context = await from.newContext({ ...LOOKS[look], reducedMotion: "reduce" });
  context.setDefaultTimeout(60_000);
  const studio: Studio = {
    context,
    isPhone: look.startsWith("phone"),
    address: (query = "") => `${page.url}/?user=${user}${query}`,
    convexUrl: services.convexUrl,
    tokenOf: async () => {
      const response = await fetch(`${page.url}/demo/token?user=${user}`);
      return ((await response.json()) as { token: string }).token; // of create-api.ts
    },
    async save(tab, name) {
      // As a browser shows it to those who have set it so.
      if (look === "phone-large-text") await tab.addStyleTag({ content: ":root { font-size: 200% }" });
      // Pictures that are still on their way would be missing.
      await tab.waitForLoadState("networkidle");
      await tab.waitForFunction(() =>
        [...document.images].every(({ complete, naturalWidth }) => complete && naturalWidth > 0),
      );
      await tab.screenshot({ path: `${FOLDER}${name}.${look}.png`, animations: "disabled" });
    },
    async open(query) {
      const tab = await context.newPage();
      await tab.goto(studio.address(query));
      await ready(tab);
      return tab;
    },
  };
  for (const [name, state] of Object.entries(STATES)) {
    if (only !== undefined && !(only in LOOKS) && !name.includes(only) && name !== "grid") continue;
    await state(studio);
  }
  await context.close();
}

/** When the credits are known, everything else of a first look is there too. */
async function ready(tab: Page): Promise<void> {
  await tab.getByTestId("credits").locator("strong").waitFor();
}
