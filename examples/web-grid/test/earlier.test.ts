// What is there already: results and uploads that are attached again, earlier pages of a session, and rows that are not videos.
import { expect, test } from "vitest";
import { picture } from "./support/picture.ts";
import { newPerson } from "./support/person.ts";
import { attach, chooseModel, generate, tileOf, untilFinished } from "./support/videos-page.ts";

test("a result of the session is the clip to edit, by its URL: nothing is uploaded", async () => {
  const person = await newPerson();
  const page = await person.open();
  await untilFinished(await generate(page, "A heron takes off"));
  const [row] = (await person.books()).rows;
  await chooseModel(page, "Kling O1 Edit");
  await page.getByRole("button", { name: "Clip to edit: choose from earlier" }).click();
  const dialog = page.getByRole("dialog", { name: "Choose from earlier" });
  await dialog.getByRole("region", { name: "Results" }).getByRole("button", { name: "A heron takes off" }).click();
  await page.getByRole("button", { name: "Remove Clip to edit: chosen from earlier" }).waitFor();
  await untilFinished(await generate(page, "At night"));
  const [input] = await person.jobs("At night");
  expect(JSON.stringify(input)).toContain(row?.videos?.[0]);
});

test("an upload is there again after a reload, and for the next request; a first frame is a picture", async () => {
  const person = await newPerson();
  const page = await person.open();
  await attach(page, "Image (optional)", picture("harbour.png"));
  await untilFinished(await generate(page, "Boats come in"));
  await expect.poll(async () => (await person.books()).rows[0]?.previewImage).toBeDefined();
  const [first] = await person.jobs("Boats come in");
  await page.reload();
  // The draft is as it was left, with its picture.
  await page.getByRole("button", { name: "Remove Image (optional): chosen from earlier" }).click();
  await page.getByRole("button", { name: "Image (optional): choose from earlier" }).click();
  const dialog = page.getByRole("dialog", { name: "Choose from earlier" });
  await dialog.getByRole("button", { name: "First frame of Boats come in" }).waitFor();
  await dialog.getByRole("region", { name: "Uploads" }).getByRole("button", { name: "harbour.png" }).click();
  await untilFinished(await generate(page, "Boats leave"));
  const [second] = await person.jobs("Boats leave");
  expect(second?.["image_url"]).toBe(first?.["image_url"]);
});

test("another user of this browser sees none of the uploads", async () => {
  const person = await newPerson();
  const page = await person.open();
  await attach(page, "Image (optional)", picture("harbour.png"));
  await expect
    .poll(() => page.evaluate(() => Object.keys(localStorage).some((key) => key.startsWith("uploads:"))))
    .toBe(true);
  await page.goto(`${person.address()}-and-another`);
  await page.getByLabel("Image (optional)", { exact: true }).waitFor();
  expect(await page.getByRole("button", { name: /choose from earlier/ }).count()).toBe(0);
});

test("a long session has all its videos to scroll through, and few of them in the page", async () => {
  const person = await newPerson();
  await person.begin({ credits: 1_000 });
  await person.addRows(Array.from({ length: 200 }, (_, nth) => ({ type: "video" as const, prompt: `Older ${nth}` })));
  const page = await person.open();
  const tiles = page.getByRole("list", { name: "Videos" }).getByRole("listitem");
  await tileOf(page, "Older 199").waitFor();
  expect(await tiles.count()).toBeLessThan(40);
  expect(await tiles.first().getAttribute("aria-setsize")).toBe("200");
  const seen = new Set<string>();
  const stage = page.getByRole("region", { name: "Videos of this session" });
  await stage.hover();
  // To the last one: wherever one looks there are tiles.
  while (!seen.has("Older 0")) {
    for (const name of await tiles.getByRole("heading").allTextContents()) seen.add(name);
    await page.mouse.wheel(0, 400);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  }
  expect(seen.size).toBe(200);
  expect(await tiles.count()).toBeLessThan(40);
});

test("rows of pictures live in the same grid, and are left alone", async () => {
  const person = await newPerson();
  await person.begin({ credits: 1_000 });
  await person.addRows([
    { type: "image", prompt: "A still life" },
    { type: "video", prompt: "A still life, moving" },
  ]);
  const before = (await person.books()).rows;
  const page = await person.open();
  await tileOf(page, "A still life, moving").waitFor();
  const other = tileOf(page, "A still life, made elsewhere");
  await other.waitFor();
  expect(await other.getByRole("button").count()).toBe(0);
  await untilFinished(await generate(page, "And one of the page"));
  const after = (await person.books()).rows;
  expect(after.filter(({ prompt }) => prompt.startsWith("A still life"))).toEqual(before);
});
