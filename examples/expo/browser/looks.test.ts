// axe, touch targets and the width of the screen, in each of its states: light and dark, from the narrowest phone to a desktop; also with large text.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { newPerson } from "@video-engine/example-web-grid/test/person";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { withLargeText } from "./large-text.ts";
import { chooseModel, closeDialog, generate, videoOf } from "./expo-screen.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const LOOKS = [
  { colorScheme: "light", width: 390, height: 780 },
  { colorScheme: "dark", width: 320, height: 568 },
  { colorScheme: "dark", width: 1_280, height: 800 },
  // A phone on its side.
  { colorScheme: "light", width: 780, height: 390 },
] as const;

/** Points, of everything that is pressed. */
const LEAST_TARGET = 44;

/** What is wrong with what the screen shows now, in every look. */
async function faultsOf(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { colorScheme, width, height } of LOOKS) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width, height });
    const { violations, passes } = await page.evaluate<AxeResults>("axe.run({ resultTypes: ['violations'] })");
    expect(passes.length).toBeGreaterThan(5);
    const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    const faults = [
      ...serious.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`)),
      ...(await smallTargets(page)),
    ];
    await untilNothingIsCutOff(page, `${colorScheme} ${width}`);
    found.push(...faults.map((fault) => `${colorScheme} ${width}: ${fault}`));
  }
  await page.setViewportSize({ width: 360, height: 780 });
  await untilNothingIsCutOff(page, "before the text is enlarged");
  await withLargeText(page, () => untilNothingIsCutOff(page, "text at 200 %"));
  return found;
}

/** The rows of the grid follow the window's width a little later. */
async function untilNothingIsCutOff(page: Page, look: string): Promise<void> {
  await expect.poll(() => cutOff(page), { message: look }).toEqual([]);
}

/** What says or does something, and reaches out of the window where it cannot be scrolled to. */
async function cutOff(page: Page): Promise<readonly string[]> {
  return await page.evaluate<readonly string[]>(`
    [...document.querySelectorAll("button, input, textarea, [role], [dir]")].flatMap((one) => {
      const { left, right, width } = one.getBoundingClientRect();
      if (width === 0 || (left >= -1 && right <= innerWidth + 1) || one.closest("[aria-hidden=true], [role=status]")) return [];
      for (let above = one; above; above = above.parentElement)
        if (/auto|scroll/.test(getComputedStyle(above).overflowX) && above.scrollWidth > above.clientWidth) return [];
      return [left + " to " + right + " " + one.outerHTML.slice(0, 160)];
    })`);
}

async function smallTargets(page: Page): Promise<readonly string[]> {
  return await page.evaluate<readonly string[]>(`
    [...document.querySelectorAll("button, [role=button], [role=radio], [role=checkbox], input:not([type=checkbox]), textarea")].flatMap((one) => {
      const { width, height } = one.getBoundingClientRect();
      const isLess = (side) => Math.round(side) < ${LEAST_TARGET};
      const isSmall = width > 0 && (isLess(width) || isLess(height));
      return isSmall ? ["small: " + width + " by " + height + " " + one.outerHTML.slice(0, 120)] : [];
    })`);
}

test("every state", async () => {
  const person = await newPerson();
  const page = await person.open();
  await page.evaluate(AXE);
  await page.getByLabel("1,000 credits").waitFor();
  expect(await faultsOf(page)).toEqual([]);

  await page.getByRole("button", { name: /^Model:/ }).click();
  await page.getByLabel("Search models").waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await closeDialog(page);

  await page.getByRole("button", { name: /^Settings:/ }).click();
  await page.getByLabel("Shape: 9:16").waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await closeDialog(page);

  await chooseModel(page, "Ovi");
  await generate(page, "Done");
  await videoOf(page, "Done").waitFor();
  await generate(page, "Refused [scenario:content-policy-violation]");
  await page.getByText("you were not charged").waitFor();
  await generate(page, "Under way [scenario:never-ends]");
  await page.getByText("Rendering").waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await page.getByRole("button", { name: /^Cancel: / }).click();
  await page.getByText("Canceled.").waitFor();

  await page.getByRole("button", { name: "More: Done" }).click();
  await page.getByRole("button", { name: "Open large" }).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await page.getByRole("button", { name: "Open large" }).click();
  await page.getByRole("dialog", { name: "Video", exact: true }).getByText("The credits were charged.").waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await closeDialog(page);

  await page.getByRole("button", { name: "Sessions" }).click();
  await page.getByRole("button", { name: /^Delete session/ }).click();
  await page.getByText("Delete this session?").waitFor();
  expect(await faultsOf(page)).toEqual([]);
});
