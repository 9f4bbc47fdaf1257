// Pictures of the page's main states, light and dark, wide and narrow, into screenshots/. Starts what it needs.
//   npm run screenshots -w examples/web-grid
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { servePage } from "../server/serve-page.ts";
import { startServices } from "../server/start-services.ts";
import { launchChromium } from "../test/launch-chromium.ts";
import { picture } from "../test/support/picture.ts";
import { attach, chooseModel, generate, promptOf, tileOf, untilFinished } from "../test/support/videos-page.ts";

const FOLDER = fileURLToPath(new URL("../screenshots/", import.meta.url));
const WIDE = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };

const SHAPES = [
  ["9:16", "A paper boat sailing through a rainy street, macro, shallow depth of field"],
  ["16:9", "Drone shot over a misty pine forest at sunrise"],
  ["1:1", "A hand-drawn fox that turns its head"],
  ["4:3", "Old film of a lighthouse in a storm"],
] as const;

mkdirSync(FOLDER, { recursive: true });
const services = await startServices({ credits: 5_000, subscriptionPlan: "max", jobMs: 500 });
const [page, running] = await Promise.all([
  servePage({ apiUrl: services.apiUrl, port: 0, isBuilt: true }),
  launchChromium(),
]);
const browser = await chromium.connect(running.url);
try {
  await wide(browser);
  await looks(browser);
} finally {
  await browser.close();
  await running.close();
  await Promise.all([page.close(), services.close()]);
}

async function wide(from: Browser): Promise<void> {
  const tab = await open(from, "anna", WIDE);
  await save(tab, "1-empty");
  await tab.getByRole("button", { name: /^Model:/ }).click();
  await save(tab, "2-picker");
  await tab.getByRole("searchbox").fill("1080p aud");
  await save(tab, "3-picker-search");
  await tab.getByRole("button", { name: "Close" }).click();
  await fillGrid(tab);
  await save(tab, "4-grid");
  await tab.getByRole("switch", { name: "Start & end frames" }).check();
  await attach(tab, "Start frame", picture("start.png", { colour: [40, 90, 200] }));
  await promptOf(tab).fill("The sea freezes over while the camera pulls back");
  await tab.locator("summary").click();
  await save(tab, "5-frames-and-price");
  await chooseModel(tab, "Kling O1 Edit");
  await attach(tab, "Add image", picture("street.png", { colour: [90, 160, 90] }));
  await attach(tab, "Add element", picture("hero.png", { width: 400, height: 400, colour: [220, 140, 60] }));
  await attach(tab, "Add a view", picture("side.png", { width: 400, height: 400, colour: [200, 120, 50] }));
  await earlier(tab);
  await save(tab, "6-earlier");
  await tab.getByRole("dialog", { name: "Choose from earlier" }).getByRole("button", { name: "Close" }).click();
  await attach(tab, "Clip to edit", { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("no clip") });
  await tab.getByRole("alert").waitFor();
  await save(tab, "6-kling-attachments");
}

/** Opens what can be attached again. */
async function earlier(tab: Page): Promise<void> {
  const slot = tab.getByRole("button", { name: /choose from earlier$/ });
  await slot.first().click();
}

async function looks(from: Browser): Promise<void> {
  const dark = await open(from, "anna", { ...WIDE, colorScheme: "dark" });
  await save(dark, "7-dark");
  await earlier(dark);
  await save(dark, "7-dark-earlier");
  const phone = await open(from, "anna", PHONE);
  await save(phone, "8-phone");
  await earlier(phone);
  await save(phone, "8-phone-earlier");
  const fresh = await open(from, "ben", { ...PHONE, colorScheme: "dark" });
  await save(fresh, "9-phone-dark-empty");
  await fresh.getByRole("switch", { name: "Start & end frames" }).check();
  await attach(fresh, "Start frame", picture("start.png", { colour: [40, 90, 200] }));
  await save(fresh, "10-phone-frames");
  await fresh.getByRole("button", { name: /^Model:/ }).click();
  await save(fresh, "11-phone-picker");
  await fresh.keyboard.press("Escape");
  await fresh.getByRole("button", { name: "Sessions" }).click();
  await save(fresh, "12-phone-sessions");
}

/** Finished ones in several shapes, one that failed, one canceled, one that renders and one without a network. */
async function fillGrid(tab: Page): Promise<void> {
  await chooseModel(tab, "Seedance Pro");
  for (const [shape, prompt] of SHAPES) {
    await tab.getByLabel("Shape").selectOption(shape);
    await untilFinished(await generate(tab, prompt));
  }
  await chooseModel(tab, "Veo 3.1");
  await tab.getByLabel("Shape").selectOption("16:9");
  await generate(tab, "Something forbidden [scenario:content-policy-violation]");
  await tileOf(tab, "Something forbidden [scenario:content-policy-violation]")
    .getByText("you were not charged")
    .waitFor();
  const canceled = await generate(tab, "A city that never sleeps [scenario:never-ends]");
  await canceled.getByRole("button", { name: "Cancel" }).click();
  await canceled.getByText("Canceled.").waitFor();
  const loading = await generate(tab, "A corgi surfing a small wave at golden hour, slow motion [scenario:never-ends]");
  await loading.getByText("Rendering").waitFor();
}

async function open(from: Browser, user: string, options: BrowserContextOptions): Promise<Page> {
  const context = await from.newContext(options);
  context.setDefaultTimeout(20_000);
  const tab = await context.newPage();
  await tab.goto(`${page.url}/?user=${user}`);
  await tab
    .getByText(/\d credits/)
    .first()
    .waitFor();
  return tab;
}

async function save(tab: Page, name: string): Promise<void> {
  // Pictures and fonts that are still on their way would be missing.
  await tab.waitForLoadState("networkidle");
  await tab.screenshot({ path: `${FOLDER}${name}.png`, animations: "disabled" });
}
