// Pictures of the SDK's panel in TanStack Devtools, over the page from its sources, light and dark, into screenshots/. axe looks at the panel, too.
//   npm run devtools -w examples/web-grid
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { AxeResults } from "axe-core";
import { chromium, type Browser, type Locator } from "playwright-core";
import { servePage } from "../server/serve-page.ts";
import { startServices } from "../server/start-services.ts";
import { launchChromium } from "../test/launch-chromium.ts";

const FOLDER = fileURLToPath(new URL("../screenshots/", import.meta.url));
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

mkdirSync(FOLDER, { recursive: true });
const services = await startServices({ credits: 5_000, subscriptionPlan: "max", jobMs: 2_000 });
const [page, running] = await Promise.all([
  servePage({ apiUrl: services.apiUrl, port: 0, isBuilt: false }),
  launchChromium(),
]);
const browser = await chromium.connect(running.url);
try {
  for (const colorScheme of ["light", "dark"] as const) await look(browser, colorScheme);
} finally {
  await browser.close();
  await running.close();
  await Promise.all([page.close(), services.close()]);
}

async function look(from: Browser, colorScheme: "light" | "dark"): Promise<void> {
  const tab = await from.newPage({ viewport: { width: 1280, height: 860 }, colorScheme });
  await tab.goto(`${page.url}/?devtools&user=${colorScheme}`);
  const panel = tab.getByRole("region", { name: "Video engine" });
  const show = (name: string): Promise<void> => panel.getByRole("button", { name, exact: true }).click();
  await show("Scenarios");
  await press(panel, "completes");
  await press(panel, "content-policy-violation");
  await press(panel, "never-ends");
  await tab.screenshot({ path: `${FOLDER}devtools-scenarios-${colorScheme}.png` });
  await show("Generations");
  await panel.getByText("failed").first().waitFor();
  await panel.getByText("completed").first().waitFor();
  await panel.locator("summary").nth(1).click();
  await panel.locator("summary").nth(2).click();
  await tab.screenshot({ path: `${FOLDER}devtools-generations-${colorScheme}.png` });
  await tab.evaluate(AXE);
  for (const part of ["Generations", "Held", "Journal", "Events", "Scenarios"]) {
    await show(part);
    if (part === "Journal" || part === "Events") await panel.locator("summary").first().click();
    await tab.screenshot({ path: `${FOLDER}devtools-${part.toLowerCase()}-${colorScheme}.png` });
    const { violations } = await tab.evaluate<AxeResults>(`axe.run(".video-devtools")`);
    for (const { id, impact, nodes } of violations) console.log(colorScheme, part, impact, id, nodes[0]?.html);
  }
  await tab.close();
}

async function press(panel: Locator, scenario: string): Promise<void> {
  await panel.getByRole("button", { name: scenario, exact: true }).click();
}
