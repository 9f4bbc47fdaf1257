// axe on the page's states, light and dark, on a wide screen and a phone.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { picture } from "./support/picture.ts";
import { newPerson } from "./support/person.ts";
import { attach, chooseModel, generate, tileOf, untilFinished } from "./support/videos-page.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const LOOKS = [
  { colorScheme: "light", width: 1280 },
  { colorScheme: "dark", width: 1280 },
  { colorScheme: "light", width: 360 },
  { colorScheme: "dark", width: 360 },
] as const;

/** The serious and critical issues of what the page shows now, in every look. */
async function seriousIssues(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { colorScheme, width } of LOOKS) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width, height: 800 });
    const { violations, passes } = await page.evaluate<AxeResults>("axe.run()");
    expect(passes.length).toBeGreaterThan(10);
    for (const { impact, id, nodes } of violations) {
      if (impact === "serious" || impact === "critical")
        found.push(...nodes.map(({ html }) => `${colorScheme} ${width}: ${id}: ${html}`));
    }
  }
  return found;
}

test("the empty page, the picker, and the attachments of Kling O1", async () => {
  const person = await newPerson();
  const page = await person.open();
  await page.getByText("1,000 credits").waitFor();
  await page.evaluate(AXE);
  expect(await seriousIssues(page)).toEqual([]);
  await page.getByRole("button", { name: /^Model:/ }).click();
  expect(await seriousIssues(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await chooseModel(page, "Kling O1 Edit");
  await attach(page, "Add image", picture("street.png"));
  await attach(page, "Add element", picture("hero.png", { width: 400, height: 400 }));
  await page.getByText("2 of 7 references").waitFor();
  expect(await seriousIssues(page)).toEqual([]);
});

test("references of each kind", async () => {
  const person = await newPerson();
  const page = await person.open();
  await page.evaluate(AXE);
  await chooseModel(page, "Seedance 2.0 Reference");
  await attach(page, "Add image", picture("hero.png"));
  await attach(page, "Add sound", { name: "steps.mp3", mimeType: "audio/mpeg", buffer: Buffer.alloc(64) });
  await page.getByRole("button", { name: "Remove Sound 1: steps.mp3" }).waitFor();
  expect(await seriousIssues(page)).toEqual([]);
});

test("the grid with a video under way, a finished, a failed and a canceled one", async () => {
  const person = await newPerson();
  const page = await person.open();
  await page.evaluate(AXE);
  await untilFinished(await generate(page, "Done"));
  await generate(page, "Refused [scenario:content-policy-violation]");
  await tileOf(page, "Refused [scenario:content-policy-violation]").getByText("you were not charged").waitFor();
  const canceled = await generate(page, "Stopped [scenario:never-ends]");
  await canceled.getByRole("button", { name: "Cancel" }).click();
  await canceled.getByText("Canceled.").waitFor();
  const loading = await generate(page, "Under way [scenario:never-ends]");
  await loading.getByText("Rendering").waitFor();
  expect(await seriousIssues(page)).toEqual([]);
  await loading.getByRole("button", { name: "Cancel" }).click();
  await loading.getByText("Canceled.").waitFor();
});
