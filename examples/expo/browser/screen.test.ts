// The real screen in Chromium against the demo backend: to a video, to a failure, through a reload, and canceled.
import { newPerson, type Person } from "@video-engine/example-web-grid/test/person";
import { holdVideos } from "@video-engine/example-web-grid/test/videos-page";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { chooseModel, closeDialog, generate, untilPlaying, videoOf } from "./expo-screen.ts";

/** A person with the screen on a phone, and a model of 35 credits. */
async function openPhone(): Promise<{ readonly person: Person; readonly page: Page }> {
  const person = await newPerson();
  const page = await person.open({ prepare: (tab) => tab.setViewportSize({ width: 390, height: 780 }) });
  await page.getByLabel("1,000 credits").waitFor();
  await chooseModel(page, "Ovi");
  return { person, page };
}

const PRICE = /^(\d+) credits/;

async function priceOf(page: Page): Promise<number> {
  const text = await page.getByRole("button", { name: PRICE }).first().innerText();
  return Number(PRICE.exec(text)?.[1]);
}

test("a prompt becomes a video that is charged once, opens large, and is deleted; its session gets another name", async () => {
  const { person, page } = await openPhone();
  const price = await priceOf(page);
  await generate(page, "A fox in the snow");
  await videoOf(page, "A fox in the snow").waitFor();
  await page.getByLabel(`${1_000 - price} credits`).waitFor();
  await videoOf(page, "A fox in the snow").click();
  await untilPlaying(page);
  await closeDialog(page);
  await page.getByLabel("Session title").fill("Foxes");
  await page.getByLabel("Session title").blur();
  await expect.poll(async () => (await person.books()).sessions).toMatchObject([{ title: "Foxes" }]);
  await page.getByRole("button", { name: "More: A fox in the snow" }).click();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete for good" }).click();
  await page.getByText("What will you film today?").waitFor();
  expect((await person.books()).rows).toEqual([]);
});

test("a failure says why and that nothing was charged; it is tried again, and dismissed", async () => {
  const { person, page } = await openPhone();
  const prompt = "Something forbidden [scenario:content-policy-violation]";
  await generate(page, prompt);
  await page.getByText("The credits were given back: you were not charged.").waitFor();
  await page.getByRole("button", { name: `Try again: ${prompt}` }).click();
  await expect.poll(async () => (await person.jobs(prompt)).length).toBe(2);
  const dismiss = page.getByRole("button", { name: `Dismiss: ${prompt}` });
  await expect.poll(() => dismiss.count()).toBe(2);
  await dismiss.first().click();
  await expect.poll(() => dismiss.count()).toBe(1);
  expect((await person.books()).credits).toMatchObject({ total: 1_000, reserved: 0 });
});

test("a reload in the middle goes on: one job, one video, charged once", async () => {
  const { person, page } = await openPhone();
  const price = await priceOf(page);
  const release = await holdVideos(page);
  await generate(page, "Goes on");
  await page.getByText("Rendering").waitFor();
  await page.reload();
  await page.getByText("Rendering").waitFor();
  release();
  await videoOf(page, "Goes on").waitFor();
  await page.getByLabel(`${1_000 - price} credits`).waitFor();
  expect(await person.jobs("Goes on")).toHaveLength(1);
});

test("a canceled video gives its credits back", async () => {
  const { person, page } = await openPhone();
  const prompt = "Stops [scenario:never-ends]";
  await generate(page, prompt);
  await page.getByText("Rendering").waitFor();
  await page.getByRole("button", { name: `Cancel: ${prompt}` }).click();
  await page.getByText("Canceled.").waitFor();
  await page.getByLabel("1,000 credits").waitFor();
  expect((await person.books()).credits).toMatchObject({ total: 1_000, reserved: 0 });
});
