// The page as a person uses it: by names and roles, never by classes.
import type { Locator, Page } from "playwright-core";

/** Writes a prompt and sends it. Returns its tile. */
export async function generate(page: Page, prompt: string): Promise<Locator> {
  await promptOf(page).fill(prompt);
  await page.getByRole("button", { name: "Generate" }).click();
  return tileOf(page, prompt);
}

/** The field of the prompt. */
export function promptOf(page: Page): Locator {
  return page.getByLabel("Describe the video");
}

/** The tile of a prompt. */
export function tileOf(page: Page, prompt: string): Locator {
  return page.getByRole("list", { name: "Videos" }).getByRole("listitem", { name: prompt, exact: true });
}

/** Waits until the tile has its video. */
export async function untilFinished(tile: Locator): Promise<void> {
  await tile.getByRole("button", { name: /^Play/ }).waitFor();
}

/** Chooses something in the menu of a finished video. */
export async function actOn(page: Page, tile: Locator, action: string): Promise<void> {
  await tile.hover();
  await tile.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: action }).click();
}

/** Finds a model in the picker by its whole name, and chooses it. */
export async function chooseModel(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: /^Model:/ }).click();
  const picker = page.getByRole("dialog", { name: "Choose a model" });
  await picker.getByRole("combobox").fill(name);
  await picker
    .getByRole("option", { name: new RegExp(`^${name.replaceAll(".", "\\.")}( ?New| ?[A-Z])`) })
    .first()
    .click();
  // It closes with a transition, and keeps the focus until then.
  await picker.waitFor({ state: "detached" });
  await page.getByRole("button", { name: `Model: ${name}`, exact: true }).waitFor();
}

/** Holds back every answer about jobs to this page until the returned function is called. */
export async function holdVideos(page: Page): Promise<() => void> {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/video-status*", async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

/** The number in the price of the draft. */
export async function priceOf(page: Page): Promise<number> {
  return Number(await page.getByTestId("cost").getAttribute("data-credits"));
}

/** Picks a file for the slot with this label. */
export async function attach(page: Page, label: string, file: UploadedFile): Promise<void> {
  await page.getByLabel(label, { exact: true }).setInputFiles(file);
}

/** A file in memory. */
export interface UploadedFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}
