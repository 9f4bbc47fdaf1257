// The screen as a person uses it: by names and roles.
import type { Locator, Page } from "playwright-core";

/** Writes a prompt and sends it. */
export async function generate(page: Page, prompt: string): Promise<void> {
  await page.getByLabel("Describe the video").fill(prompt);
  await page.getByRole("button", { name: "Generate" }).click();
}

/** The finished video of a prompt, to be opened. */
export function videoOf(page: Page, prompt: string): Locator {
  return page.getByRole("button", { name: `Play: ${prompt}`, exact: true });
}

/** The sheet, or the large view, that is open. */
export function dialogOf(page: Page): Locator {
  return page.getByRole("dialog").last();
}

/** Waits until the video of the large view plays. */
export async function untilPlaying(page: Page): Promise<void> {
  await dialogOf(page).getByText("The credits were charged.").waitFor();
  await page.waitForFunction("document.querySelector('[role=dialog] video')?.currentTime > 0");
}

/** Closes it, and waits until it is gone. */
export async function closeDialog(page: Page): Promise<void> {
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
}

/** Finds a model in the picker by its whole name, and chooses it. */
export async function chooseModel(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: /^Model:/ }).click();
  await page.getByLabel("Search models").fill(name);
  await page.getByRole("radio", { name: new RegExp(`^${name.replaceAll(".", "\\.")}, `) }).click();
  await page.getByRole("button", { name: `Model: ${name}`, exact: true }).waitFor();
}
