// Models that came after the plan's: what they take, and prices by the second.
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { picture } from "./support/picture.ts";
import { newPerson } from "./support/person.ts";
import { attach, chooseModel, generate, priceOf, promptOf, tileOf, untilFinished } from "./support/videos-page.ts";

const uploaded = (ending: string) => expect.stringMatching(new RegExp(`^https://uploads\\..+\\.${ending}$`));
const CLIP = { name: "walk.mp4", mimeType: "video/mp4", buffer: Buffer.alloc(64) };
const SOUND = { name: "steps.mp3", mimeType: "audio/mpeg", buffer: Buffer.alloc(64) };

/** Sends the prompt, reads why it cannot go yet, adds what is missing and sends it again. */
async function sendWithout(page: Page, prompt: string, reason: string, add: () => Promise<void>): Promise<void> {
  await promptOf(page).fill(prompt);
  await page.getByRole("button", { name: "Generate" }).click();
  await page.getByText(reason).waitFor();
  await add();
  await page.getByRole("button", { name: "Generate" }).click();
  await untilFinished(tileOf(page, prompt));
}

test("pictures, clips and sounds for reference, each with a list of its own", async () => {
  const person = await newPerson();
  const page = await person.open();
  await chooseModel(page, "Seedance 2.0 Reference");
  await sendWithout(page, "The hero walks", "Add an image or a clip first.", async () => {
    await attach(page, "Add image", picture("hero.png"));
    await attach(page, "Add image", picture("street.png", { colour: [0, 90, 90] }));
    await attach(page, "Add clip", CLIP);
    await attach(page, "Add sound", SOUND);
    await page.getByRole("button", { name: "Remove Sound 1: steps.mp3" }).waitFor();
  });
  expect(await person.jobs("The hero walks")).toMatchObject([
    { image_urls: [uploaded("png"), uploaded("png")], video_urls: [uploaded("mp4")], audio_urls: [uploaded("mp3")] },
  ]);
});

test("a video that is extended", async () => {
  const person = await newPerson();
  const page = await person.open();
  await chooseModel(page, "Veo 3.1 Extend");
  await sendWithout(page, "And on it goes", "Add a video first.", () => attach(page, "Video", CLIP));
  expect(await person.jobs("And on it goes")).toMatchObject([{ video_url: uploaded("mp4") }]);
});

test("a picture and the sound that it moves to", async () => {
  const person = await newPerson();
  const page = await person.open();
  await chooseModel(page, "Wan 2.6");
  await sendWithout(page, "She sings", "Add an image first.", () => attach(page, "Image", picture("singer.png")));
  await attach(page, "Sound (optional)", SOUND);
  await untilFinished(await generate(page, "She sings on"));
  expect((await person.jobs("She sings")).some((input) => "audio_url" in input)).toBe(false);
  expect(await person.jobs("She sings on")).toMatchObject([{ image_url: uploaded("png"), audio_url: uploaded("mp3") }]);
});

test("first and last picture of one model, and a price that grows by the second", async () => {
  const person = await newPerson();
  const page = await person.open();
  await chooseModel(page, "Kling 3 Pro");
  const prices = [];
  for (const seconds of ["3 s", "5 s", "10 s"]) {
    await page.getByLabel("Length").selectOption(seconds);
    prices.push(await priceOf(page));
  }
  const [three = 0, five = 0, ten = 0] = prices;
  expect(three < five && five < ten).toBe(true);
  await attach(page, "Image (optional)", picture("start.png"));
  await attach(page, "End frame (optional)", picture("end.png", { colour: [0, 0, 250] }));
  await untilFinished(await generate(page, "Day turns to night"));
  expect(await person.jobs("Day turns to night")).toMatchObject([
    { start_image_url: uploaded("png"), end_image_url: uploaded("png") },
  ]);
  await page.getByText(`${(1_000 - ten).toLocaleString("en")} credits`, { exact: true }).waitFor();
});

test("pictures at seconds of the clip", async () => {
  const person = await newPerson();
  const page = await person.open();
  await chooseModel(page, "Luma Ray 3.2");
  await attach(page, "Add keyframe", picture("first.png"));
  await sendWithout(page, "From door to door", "Add 2 keyframes, or none.", async () => {
    await attach(page, "Add keyframe", picture("last.png", { colour: [0, 0, 250] }));
    await page.getByLabel("Second of keyframe 2").fill("4");
  });
  expect(await person.jobs("From door to door")).toMatchObject([
    { keyframes: [uploaded("png"), uploaded("png")], keyframe_indexes: [0, 96] },
  ]);
});

test("a model without a prompt", async () => {
  const person = await newPerson();
  const page = await person.open();
  await chooseModel(page, "Topaz Upscale");
  expect(await promptOf(page).count()).toBe(0);
  await page.getByRole("button", { name: "Generate" }).click();
  await page.getByText("Add a video first.").waitFor();
  await attach(page, "Video", CLIP);
  await page.getByRole("button", { name: "Generate" }).click();
  await untilFinished(tileOf(page, ""));
});

test("what has no price is not for sale, and what has ended is not shown", async () => {
  const page = await (await newPerson()).open();
  await page.getByRole("button", { name: /^Model:/ }).click();
  const picker = page.getByRole("dialog", { name: "Choose a model" });
  for (const name of ["Vidu", "Seedance Lite", "Sora"]) {
    await picker.getByRole("combobox").fill(name);
    await page.getByText("No model is called").waitFor();
    expect(await picker.getByRole("option").count()).toBe(0);
  }
  await picker.getByRole("combobox").fill("Seedance 1.5");
  await picker.getByText("Ends in Nov 2026").first().waitFor();
});
