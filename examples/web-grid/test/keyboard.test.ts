// The page without a mouse, and for screen readers.
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { newPerson } from "./support/person.ts";
import { holdVideos, promptOf, tileOf, untilFinished } from "./support/videos-page.ts";

const MOST_STOPS = 60;

/** Presses Tab until the focus is on something with this name. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      const label =
        element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element.labels?.[0] : null;
      return element?.getAttribute("aria-label") ?? label?.textContent ?? element?.textContent ?? "";
    });
    if (name.test(focused.trim())) return;
  }
  throw new Error(`Tab does not reach ${String(name)}.`);
}

test("keyboard only: choose a model, write, send, and play", async () => {
  const person = await newPerson();
  const page = await person.open();
  await tabTo(page, /^Model:/);
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: "Choose a model" }).waitFor();
  await page.keyboard.type("ovi");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Model: Ovi" }).waitFor();
  // The dialog gives the focus back to what opened it.
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("Model: Ovi");

  await promptOf(page).focus();
  await page.keyboard.type("First line");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("second line");
  await page.keyboard.press("Enter");
  const tile = tileOf(page, "First line second line");
  await untilFinished(tile);
  await tabTo(page, /^Play: First line/);
  await page.keyboard.press("Enter");
  const large = page.getByRole("dialog", { name: "Video" });
  await expect
    .poll(() => large.locator("video").evaluate((video: HTMLVideoElement) => video.currentTime))
    .toBeGreaterThan(0);
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("VIDEO");
  await page.keyboard.press("Escape");
  await large.waitFor({ state: "hidden" });
  // The focus is back at the tile.
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute("aria-label")))
    .toMatch(/^Play: First line/);
});

test("a search that finds nothing says so; Escape clears it, and then closes the picker", async () => {
  const person = await newPerson();
  const page = await person.open();
  await tabTo(page, /^Model:/);
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: "Choose a model" }).waitFor();
  await page.keyboard.type("1080p audio");
  await page.getByRole("status").getByText("8 models").waitFor({ state: "attached" });
  await page.keyboard.type(" nonsense");
  await page.getByText("No model is called").waitFor();
  expect(await page.getByRole("dialog").getByRole("option").count()).toBe(0);
  await page.keyboard.press("Escape");
  await page.getByText("No model is called").waitFor({ state: "hidden" });
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
});

test("a screen reader hears how a video goes, from its start to its end", async () => {
  const person = await newPerson();
  const page = await person.open();
  const log = page.getByRole("log", { name: "Progress" });
  const release = await holdVideos(page);
  await promptOf(page).fill("Heard, not seen");
  await promptOf(page).press("Enter");
  await log.getByText("Rendering: Heard, not seen").waitFor({ state: "attached" });
  release();
  await log.getByText("Ready: Heard, not seen").waitFor({ state: "attached" });
  expect(await log.getByText("Heard, not seen").count()).toBe(1);
});

test("an incomplete draft is not sent, and the reason is read out", async () => {
  const person = await newPerson();
  const page = await person.open();
  await promptOf(page).press("Enter");
  await page.getByRole("status").getByText("Describe the video first.").waitFor();
  expect((await person.books()).slots).toEqual([]);
});
