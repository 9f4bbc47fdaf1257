// Generations that run in the deployment: the page only watches, and may be closed while they run.
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { newPerson, type Person } from "./support/person.ts";
import { picture } from "./support/picture.ts";
import { actOn, attach, chooseModel, generate, priceOf, tileOf, untilFinished } from "./support/videos-page.ts";

const query = "&server-driven";

/** A page with a picture for the fastest model, so that the deployment asks about its job soon. */
async function openDriven(person: Person): Promise<Page> {
  const page = await person.open({ query });
  await chooseModel(page, "Lucy Lite");
  await attach(page, "Image", picture("corgi.png"));
  return page;
}

test("closed while the job runs: the deployment finishes it, and the next page has the video in its tile, paid once", async () => {
  const person = await newPerson();
  const page = await openDriven(person);
  const price = await priceOf(page);
  const routes: string[] = [];
  page.on("request", (request) => /generate-video|video-status/.test(request.url()) && routes.push(request.url()));
  await generate(page, "Goes on");
  await expect.poll(async () => (await person.books()).credits.reserved).toBe(price);
  await page.close();
  // No page is there.
  await expect.poll(async () => (await person.books()).credits).toMatchObject({ total: 1_000 - price, reserved: 0 });
  const next = await person.open({ query });
  await untilFinished(tileOf(next, "Goes on"));
  expect(await tileOf(next, "Goes on").count()).toBe(1);
  expect((await person.books()).rows).toMatchObject([{ isLoading: false, videos: [expect.any(String)] }]);
  expect(await person.jobs("Goes on")).toHaveLength(1);
  expect(routes).toEqual([]);
  await actOn(next, tileOf(next, "Goes on"), "Delete");
  await expect.poll(async () => (await person.books()).rows).toEqual([]);
});

test("a refused prompt: the provider's reason, and the credits returned, also in the next page", async () => {
  const person = await newPerson();
  const prompt = "Something bad [scenario:content-policy-violation]";
  const page = await openDriven(person);
  const tile = await generate(page, prompt);
  await tile.getByText("The credits were given back: you were not charged.").waitFor();
  expect((await person.books()).credits).toEqual({ total: 1_000, reserved: 0, available: 1_000 });
  expect((await person.books()).rows).toMatchObject([{ isLoading: false, error: expect.any(String) }]);
  await page.reload();
  await tileOf(page, prompt)
    .getByText(/not charged/)
    .waitFor();
});

test("cancel, in another page than the one that began: nothing was charged", async () => {
  const person = await newPerson();
  const prompt = "Never mind [scenario:never-ends]";
  const page = await openDriven(person);
  await (await generate(page, prompt)).getByText("Rendering").waitFor();
  await page.close();
  const next = await person.open({ query });
  await tileOf(next, prompt).getByRole("button", { name: "Cancel" }).click();
  await tileOf(next, prompt).getByText("Canceled.").waitFor();
  await expect
    .poll(async () => (await person.books()).credits)
    .toEqual({ total: 1_000, reserved: 0, available: 1_000 });
});
