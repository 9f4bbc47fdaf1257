// What a reader does with a page in the browser, line by line: open an address, press a button, see a text.
import { launchChromium } from "../../packages/video-sdk/test/browser/launch-chromium.ts";

/** How long a text may take to appear. */
const LONGEST_MS = 120_000;

/** Does it in a Chromium of its own. Throws, with what the page shows, where a line cannot be done. */
export async function browse(lines: readonly string[]): Promise<void> {
  const chromium = await launchChromium();
  try {
    const context = await chromium.browser.newContext();
    const page = await context.newPage();
    page.setDefaultTimeout(LONGEST_MS);
    for (const line of lines) {
      const [verb = "", ...rest] = line.split(" ");
      const what = rest.join(" ");
      try {
        if (verb === "open") await page.goto(what);
        else if (verb === "press") await page.getByRole("button", { name: what }).click();
        else if (verb === "see") await page.getByText(what).first().waitFor();
        else throw new Error(`"${verb}" is nothing that is done in a browser.`);
      } catch (cause) {
        throw new Error(`"${line}" failed. The page shows:\n${await page.locator("body").innerText()}`, { cause });
      }
    }
  } finally {
    await chromium.close();
  }
}
