// Making videos, from each kind of input, as a person does it in the page.
import { expect, inject, test } from "vitest";
import { picture } from "./support/picture.ts";
import { newPerson } from "./support/person.ts";
import {
  actOn,
  attach,
  chooseModel,
  generate,
  holdVideos,
  priceOf,
  promptOf,
  tileOf,
  untilFinished,
} from "./support/videos-page.ts";

test("text to video: a tile at once, the credits held while it renders, then a playable video and its price", async () => {
  const person = await newPerson();
  const page = await person.open();
  const price = await priceOf(page);
  const release = await holdVideos(page);
  const tile = await generate(page, "A corgi surfing");
  // Without waiting: the tile is there with the click.
  expect(await tile.getByRole("button", { name: "Cancel" }).count()).toBe(1);
  expect(await promptOf(page).inputValue()).toBe("");
  await page.getByText(`${price} held`).waitFor();
  await tile.getByText("Rendering").waitFor();
  const before = await tile.boundingBox();
  release();
  await untilFinished(tile);
  expect(await tile.boundingBox()).toEqual(before);
  await page.getByText(`${1_000 - price} credits`, { exact: true }).waitFor();
  const [row] = (await person.books()).rows;
  expect(row?.videos).toEqual([expect.stringMatching(/^https:\/\/uploads\.sandbox\.test\/.+\.mp4$/)]);
  expect(await person.jobs("A corgi surfing")).toHaveLength(1);

  await tile.hover();
  const preview = tile.locator("video[autoplay]");
  await expect.poll(() => preview.evaluate((player: HTMLVideoElement) => player.currentTime)).toBeGreaterThan(0);
  expect(await preview.evaluate((player: HTMLVideoElement) => player.muted)).toBe(true);
  await tile.getByRole("button", { name: /^Play/ }).click();
  const video = page.getByRole("dialog", { name: "Video" }).locator("video");
  await expect.poll(() => video.evaluate((player: HTMLVideoElement) => player.currentTime)).toBeGreaterThan(0);
});

test("a finished video gets a picture of its first frame, in the grid and in its row", async () => {
  const person = await newPerson();
  const page = await person.open();
  const tile = await generate(page, "A fox in the snow");
  await untilFinished(tile);
  await expect.poll(async () => (await person.books()).rows[0]?.previewImage).toMatch(/^https:.+\.jpg$/);
  const poster = await tile.locator("img").getAttribute("src");
  expect((await fetch(poster ?? "")).headers.get("content-type")).toBe("image/jpeg");
});

test("image to video: the picked picture goes straight to the bucket, and its URL to the provider", async () => {
  const person = await newPerson();
  const page = await person.open();
  const file = picture("beach.png", { colour: [10, 160, 200] });
  await attach(page, "Image (optional)", file);
  await page.getByRole("button", { name: "Remove Image (optional): beach.png" }).waitFor();
  const tile = await generate(page, "The waves begin to move");
  await untilFinished(tile);

  const [input] = await person.jobs("The waves begin to move");
  const url = String(input?.["image_url"]);
  expect(url).toMatch(/^https:\/\/uploads\.sandbox\.test\/.+\.png$/);
  const { files } = (await (await fetch(`${inject("world").pageUrl}/demo/session`)).json()) as {
    files: { publicUrl: string; url: string };
  };
  const stored = await fetch(url.replace(files.publicUrl, files.url));
  expect(Buffer.from(await stored.arrayBuffer()).equals(file.buffer)).toBe(true);
});

test("a video can be asked for while its picture is still on the way: the tile shows the upload", async () => {
  const person = await newPerson();
  const page = await person.open();
  let go: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (go = resolve));
  await page.route(/\?ticket=/, async (route) => {
    await held;
    await route.continue();
  });
  await attach(page, "Image (optional)", picture("slow.png"));
  const tile = await generate(page, "Slow waves");
  await tile.getByText("Uploading").waitFor();
  expect((await person.books()).credits.reserved).toBe(0);
  go();
  await untilFinished(tile);
});

test("a file that is taken out of the draft is not sent any further", async () => {
  const person = await newPerson();
  const page = await person.open();
  await page.route(/\?ticket=/, () => undefined);
  const ended = page.waitForEvent("requestfailed", (request) => request.method() === "PUT");
  const begun = page.waitForRequest((request) => request.method() === "PUT");
  await attach(page, "Image (optional)", picture("wrong.png"));
  await begun;
  await page.getByRole("button", { name: "Remove Image (optional): wrong.png" }).click();
  expect((await ended).failure()?.errorText).toContain("ABORTED");
});

test("transition: start and end frame", async () => {
  const person = await newPerson();
  const page = await person.open();
  await page.getByRole("switch", { name: "Start & end frames" }).check();
  await page.getByRole("button", { name: "Model: Veo 3.1 Transition" }).waitFor();
  await attach(page, "Start frame", picture("start.png", { colour: [250, 0, 0] }));
  await promptOf(page).fill("Red turns to blue");
  await page.getByRole("button", { name: "Generate" }).click();
  await page.getByText("Add an end frame first.").waitFor();
  await attach(page, "End frame", picture("end.png", { colour: [0, 0, 250] }));
  await page.getByRole("button", { name: "Generate" }).click();
  await untilFinished(tileOf(page, "Red turns to blue"));
  const [input] = await person.jobs("Red turns to blue");
  expect([input?.["first_frame_url"], input?.["last_frame_url"]]).toEqual([
    expect.stringMatching(/^https:\/\/uploads/),
    expect.stringMatching(/^https:\/\/uploads/),
  ]);
});

test("Kling O1: images, an element of several views and a clip, counted together", async () => {
  const person = await newPerson();
  const page = await person.open();
  await chooseModel(page, "Kling O1 Edit");
  await attach(page, "Add image", picture("street.png"));
  await attach(page, "Add element", picture("hero.png", { width: 400, height: 400 }));
  await page.getByText("2 of 7 references").waitFor();
  const element = page.getByRole("group", { name: "Element 1" });
  await element
    .getByLabel("Add a view", { exact: true })
    .setInputFiles(picture("hero-side.png", { width: 400, height: 400 }));
  await element
    .getByLabel("Add view", { exact: true })
    .setInputFiles(picture("hero-back.png", { width: 400, height: 400 }));
  const tile = await generate(page, "The hero walks down the street");
  await untilFinished(tile);
  const [input] = await person.jobs("The hero walks down the street");
  expect(input).toMatchObject({
    image_urls: [expect.stringMatching(/^https:/)],
    elements: [
      {
        frontal_image_url: expect.stringMatching(/^https:/),
        reference_image_urls: [expect.stringMatching(/^https:/), expect.stringMatching(/^https:/)],
      },
    ],
  });
});

test("a finished video can be edited: it becomes the clip of Kling O1, without another upload", async () => {
  const person = await newPerson();
  const page = await person.open();
  await chooseModel(page, "Ovi");
  const first = await generate(page, "A boat on a lake");
  await untilFinished(first);
  const puts: string[] = [];
  page.on("request", (request) => request.method() === "PUT" && puts.push(request.url()));
  await actOn(page, first, "Edit this video with Kling O1");
  await page.getByText("0 of 4 references").waitFor();
  await untilFinished(await generate(page, "Make it night"));
  const [row] = (await person.books()).rows;
  expect(await person.jobs("Make it night")).toMatchObject([{ video_url: row?.videos?.[0] }]);
  expect(puts).toEqual([]);
});
