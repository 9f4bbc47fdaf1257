// Pictures of the screen in a browser, light and dark, on a phone and wide, into screenshots/.
//   npm run screenshots -w examples/expo
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { launchChromium } from "@video-engine/example-web-grid/test/launch-chromium";
import { chromium, type BrowserContextOptions, type Page } from "playwright-core";
import { serveScreen } from "./serve-web.ts";

const FOLDER = fileURLToPath(new URL("../screenshots/", import.meta.url));
const PHONE = { viewport: { width: 390, height: 780 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };
const LOOKS: Readonly<Record<string, BrowserContextOptions>> = {
  "phone-light": { ...PHONE, colorScheme: "light" },
  "phone-dark": { ...PHONE, colorScheme: "dark" },
  wide: { viewport: { width: 1280, height: 800 }, colorScheme: "light" },
};

mkdirSync(FOLDER, { recursive: true });
const [screen, running] = await Promise.all([serveScreen({ port: 0, credits: 5_000, jobMs: 500 }), launchChromium()]);
const browser = await chromium.connect(running.url);
try {
  for (const look of Object.keys(LOOKS)) await picture(look);
} finally {
  await browser.close();
  await running.close();
  await screen.close();
}

async function picture(look: string): Promise<void> {
  const context = await browser.newContext(LOOKS[look]);
  context.setDefaultTimeout(60_000);
  const tab = await context.newPage();
  const save = async (name: string): Promise<void> => {
    await tab.waitForLoadState("networkidle");
    await tab.screenshot({ path: `${FOLDER}${name}.${look}.png`, animations: "disabled" });
  };
  tab.on("pageerror", (error) => console.error(look, error));
  await tab.goto(`${screen.url}/?user=${look}`);
  await tab.getByRole("textbox", { name: "Prompt" }).waitFor();
  await save("1-empty");
  for (const prompt of ["Drone shot over a misty pine forest", "A corgi surfing a small wave"]) {
    await generate(tab, prompt);
    await tab.getByLabel(`Play ${prompt}`).waitFor();
  }
  await generate(tab, "Something forbidden [scenario:content-policy-violation]");
  await tab.getByText("you were not charged").waitFor();
  await generate(tab, "A lighthouse in a storm [scenario:never-ends]");
  await tab.getByText("Rendering").waitFor();
  await save("2-grid");
  await tab.getByLabel(/^Model:/).click();
  await tab.getByLabel("Search models").waitFor();
  await save("3-picker");
  await tab.getByLabel(/^Close/).click();
  await tab.getByLabel("Play A corgi surfing a small wave").click();
  await tab.getByText("Edit this video with Kling O1").waitFor();
  await save("4-video");
  await context.close();
}

async function generate(tab: Page, prompt: string): Promise<void> {
  await tab.getByRole("textbox", { name: "Prompt" }).fill(prompt);
  await tab.getByRole("button", { name: "Generate" }).click();
}
