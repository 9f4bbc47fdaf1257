// The large view, and what else can be done with a video once it is there.
import { expect, test } from "vitest";
import { picture } from "./support/picture.ts";
import { newPerson } from "./support/person.ts";
import { actOn, attach, chooseModel, generate, promptOf, tileOf, untilFinished } from "./support/videos-page.ts";

test("large: the prompt and the details, arrows to the next, an address that can be reloaded, and Back", async () => {
  const person = await newPerson();
  const page = await person.open();
  await chooseModel(page, "Seedance Pro");
  for (const prompt of ["A heron", "A kite"]) await untilFinished(await generate(page, prompt));
  await tileOf(page, "A kite").getByRole("button", { name: "Play: A kite" }).click();
  const large = page.getByRole("dialog", { name: "Video" });
  await large.getByText("A kite").waitFor();
  await large.getByText("34 credits").waitFor();
  await large.getByText("The credits were charged.").waitFor();
  await large.getByRole("button", { name: "Next video" }).click();
  await large.getByText("A heron").waitFor();
  await page.keyboard.press("ArrowLeft");
  await large.getByText("A kite").waitFor();

  await page.reload();
  await large.getByText("A kite").waitFor();
  await large.getByText("5 s").waitFor();
  await large.getByRole("button", { name: "Close" }).click();
  await large.waitFor({ state: "hidden" });
  await tileOf(page, "A heron").getByRole("button", { name: /^Play/ }).click();
  await large.getByText("A heron").waitFor();
  await page.goBack();
  await large.waitFor({ state: "hidden" });
  expect(new URL(page.url()).searchParams.has("video")).toBe(false);
});

test("a link shows the video in its session, which need not be the newest", async () => {
  const person = await newPerson();
  await person.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = await person.open();
  await chooseModel(page, "Ovi");
  await untilFinished(await generate(page, "A lighthouse"));
  await actOn(page, tileOf(page, "A lighthouse"), "Copy link");
  await page.getByText("Link copied").waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await page.getByRole("complementary").getByRole("button", { name: "New session" }).click();
  await untilFinished(await generate(page, "A windmill"));
  const other = await person.context.newPage();
  await other.goto(link);
  await other.getByRole("dialog", { name: "Video" }).getByText("A lighthouse").waitFor();
  await other.keyboard.press("Escape");
  expect(await tileOf(other, "A windmill").count()).toBe(0);
});

test("a link to a video that is gone says so", async () => {
  const person = await newPerson();
  const page = await person.open({ query: "&video=never-was" });
  const large = page.getByRole("dialog", { name: "Video" });
  await large.getByText("This video is not here any more.").waitFor();
  await page.keyboard.press("Escape");
  await large.waitFor({ state: "hidden" });
  expect(new URL(page.url()).searchParams.has("video")).toBe(false);
});

test("use again brings everything back: model, shape, length and files, also after a reload", async () => {
  const person = await newPerson();
  const page = await person.open();
  await chooseModel(page, "Seedance Pro");
  await page.getByLabel("Shape").selectOption("9:16");
  await page.getByLabel("Length").selectOption("12 s");
  await attach(page, "Image (optional)", picture("harbour.png"));
  await untilFinished(await generate(page, "The harbour wakes"));
  const [first] = await person.jobs("The harbour wakes");
  await chooseModel(page, "Ovi");
  await page.getByRole("button", { name: /^Remove Image/ }).click();
  await page.reload();
  const tile = tileOf(page, "The harbour wakes");
  await tile.hover();
  await tile.getByRole("button", { name: "Use again" }).click();
  await page.getByRole("button", { name: "Model: Seedance Pro" }).waitFor();
  await expect.poll(() => page.getByLabel("Length").inputValue()).toBe("12");
  await expect.poll(() => promptOf(page).inputValue()).toBe("The harbour wakes");
  await promptOf(page).fill("The harbour wakes, once more");
  await promptOf(page).press("Enter");
  await untilFinished(tileOf(page, "The harbour wakes, once more"));
  const [second] = await person.jobs("The harbour wakes, once more");
  expect(second).toEqual({ ...first, prompt: "The harbour wakes, once more" });
});

test("a finished video is the start of the next: its first picture", async () => {
  const person = await newPerson();
  const page = await person.open();
  await chooseModel(page, "Ovi");
  await untilFinished(await generate(page, "A boat on a lake"));
  await tileOf(page, "A boat on a lake").locator("img").waitFor();
  await actOn(page, tileOf(page, "A boat on a lake"), "Use as start frame");
  await untilFinished(await generate(page, "The lake freezes"));
  const { previewImage } = (await person.books()).rows.find(({ prompt }) => prompt === "A boat on a lake") ?? {};
  expect(await person.jobs("The lake freezes")).toMatchObject([{ image_url: previewImage }]);
});

test("a video can be downloaded, and deleted", async () => {
  const person = await newPerson();
  const page = await person.open();
  await chooseModel(page, "Ovi");
  const tile = await generate(page, "A boat, on a lake?");
  await untilFinished(tile);
  const downloading = page.waitForEvent("download");
  await actOn(page, tile, "Download");
  expect((await downloading).suggestedFilename()).toBe("A boat on a lake.mp4");
  const { credits } = await person.books();
  await actOn(page, tile, "Delete");
  await tile.waitFor({ state: "detached" });
  expect(await person.books()).toMatchObject({ rows: [], credits });
});

test("try again sends the same request once more", async () => {
  const person = await newPerson();
  const page = await person.open();
  await chooseModel(page, "Ovi");
  const prompt = "Once more [scenario:content-policy-violation]";
  const tile = await generate(page, prompt);
  await tile.getByRole("button", { name: "Try again" }).click();
  await expect.poll(async () => (await person.jobs(prompt)).length).toBe(2);
  const [first, second] = await person.jobs(prompt);
  expect(second).toEqual(first);
  await tileOf(page, prompt).nth(1).waitFor();
  await expect.poll(() => page.getByRole("button", { name: "Dismiss" }).count()).toBe(2);
  await page.getByRole("button", { name: "Dismiss" }).first().click();
  await expect.poll(async () => (await person.books()).rows.length).toBe(1);
});
