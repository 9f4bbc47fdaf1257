// Two tabs of one person, and a network that comes and goes.
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { newPerson } from "./support/person.ts";
import { generate, holdVideos, tileOf, untilFinished } from "./support/videos-page.ts";

test("two tabs: one drives, the other shows; when the driver is closed the other takes over, and there is one job", async () => {
  const person = await newPerson();
  const driver = await person.open();
  const other = await person.open();
  const asked: string[] = [];
  other.on("request", (request) => /generate-video|video-status/.test(request.url()) && asked.push(request.url()));
  // The driver never learns how the job goes.
  await driver.route("**/video-status*", () => undefined);
  await generate(driver, "Seen in both tabs");
  await tileOf(driver, "Seen in both tabs").getByText("Rendering").waitFor();
  await tileOf(other, "Seen in both tabs").waitFor();
  expect(asked).toEqual([]);

  await driver.close();
  await untilFinished(tileOf(other, "Seen in both tabs"));
  expect(await person.jobs("Seen in both tabs")).toHaveLength(1);
  expect((await person.books()).rows).toHaveLength(1);
});

test("without Web Locks: one of two tabs drives all the same, and a reload goes on at once", async () => {
  const person = await newPerson();
  const prepare = async (page: Page): Promise<void> => {
    await page.addInitScript(() => Object.defineProperty(Navigator.prototype, "locks", { value: undefined }));
  };
  const [driver, other] = [await person.open({ prepare }), await person.open({ prepare })];
  const asked: string[] = [];
  // Anything but the catalogue, which each tab has for itself.
  const isOfJobs = (url: string): boolean => url.includes("/api/mobile/") && !url.endsWith("/models");
  other.on("request", (request) => isOfJobs(request.url()) && asked.push(request.url()));
  const release = await holdVideos(driver);
  await generate(driver, "Without locks");
  await tileOf(driver, "Without locks").getByText("Rendering").waitFor();
  await tileOf(other, "Without locks").waitFor();
  await driver.reload();
  release();
  await untilFinished(tileOf(driver, "Without locks"));
  expect(asked).toEqual([]);
  expect(await person.jobs("Without locks")).toHaveLength(1);
});

test("two tabs: a video that one has made appears in the other, and the credits with it", async () => {
  const person = await newPerson();
  const [one, two] = [await person.open(), await person.open()];
  await untilFinished(await generate(one, "Made in the first tab"));
  await untilFinished(tileOf(two, "Made in the first tab"));
  const { total } = (await person.books()).credits;
  for (const tab of [one, two]) {
    await expect.poll(() => tab.getByTestId("credits").textContent()).toBe(`${total} credits`);
  }
});

test("another device: the page shows what it makes, says when there has been no news, and then how it ended", async () => {
  const person = await newPerson();
  const page = await person.open();
  const made = await generate(page, "On the other phone [scenario:never-ends]");
  await made.getByText("Rendering").waitFor();

  const device = await person.context.browser()?.newPage();
  await device?.clock.install();
  await device?.goto(person.address());
  const seen = tileOf(device ?? page, "On the other phone [scenario:never-ends]");
  await seen.getByText("Being made elsewhere").waitFor();
  await device?.clock.fastForward("11:00");
  await seen.getByText("No news for ten minutes").waitFor();
  expect(await seen.getByRole("button", { name: "Cancel" }).count()).toBe(0);

  await made.getByRole("button", { name: "Cancel" }).click();
  await seen.getByText("Canceled.").waitFor();
  await device?.close();
});

test("offline and back: it pauses and says so, then goes on to its video", async () => {
  const person = await newPerson();
  const page = await person.open();
  const release = await holdVideos(page);
  const tile = await generate(page, "Through a tunnel");
  await tile.getByText("Rendering").waitFor();
  await person.context.setOffline(true);
  release();
  await tile.getByText("Paused: you are offline").waitFor();
  expect((await person.books()).rows).toMatchObject([{ isLoading: true }]);
  await person.context.setOffline(false);
  await untilFinished(tile);
  expect(await person.jobs("Through a tunnel")).toHaveLength(1);
});
