// Reloads the page in the middle of every call that a generation makes, before it arrives and after it is done: each ends in one
// video, paid once. On the functions with operation ids, which close every window, and where money moves also on those that take no key, by the
// deployment's memory of sessions (a half of those for each change, all with ONE_OF=1); the windows of the others are in docs/reliability.md.
import { describe, expect, test, vi } from "vitest";
import { createCut, type Cut } from "./support/cut.ts";
import { picture } from "./support/picture.ts";
import { newPerson, type Person } from "./support/person.ts";
import { attach, chooseModel, generate, priceOf, tileOf, untilFinished } from "./support/videos-page.ts";

const CALLS: readonly (readonly [string, string])[] = [
  ["acquiring a slot", "generations:acquireGenerationSlot"],
  ["reserving credits", "users:reserveCredits"],
  ["creating a session", "sessions:createSession"],
  ["recording", "sessions:addGenerationToSession"],
  ["submitting", "generate-video"],
  ["polling", "video-status"],
  ["saving", "sessions:updateGeneration"],
  ["settling", "users:captureReservedCredits"],
  ["closing the slot", "generations:updateGenerationStatus"],
];

const POINTS = CALLS.flatMap(([phase, call]) =>
  (["before", "after"] as const).map((side): readonly [string, Cut] => [
    `${phase}, ${side} it is done`,
    { call, side },
  ]),
);

const MONEY = ["acquiring", "reserving", "recording", "settling"];
const ONE_OF = Number(process.env["ONE_OF"] ?? 2);
/** Where money moves: after each call is done and before its answer arrives, or with all of them also before it. */
const MONEY_POINTS = POINTS.filter(([name]) => MONEY.some((phase) => name.startsWith(phase)));

describe.each([
  ["operation-ids", POINTS],
  ["exactly-once", MONEY_POINTS.filter((_, at) => (at + 1) % ONE_OF === 0)],
])("%s", (query, points) => {
  // Each waits for most of its time, and has a person of its own.
  test.concurrent.for(points)("reload while %s", async ([name, cut], { onTestFinished }) => {
    const person = await newPerson("UTC", onTestFinished);
    // Jobs are found by their prompts, in one sandbox for all tests.
    expect(await jobsAfterReload(person, `&${query}`, { name: `${name} (${query})`, cut })).toHaveLength(1);
  });
});

/** Reloads at the cut, and waits for the video and its price. Returns the jobs that were paid for. */
async function jobsAfterReload(
  person: Person,
  query: string,
  { name, cut }: { readonly name: string; readonly cut: Cut },
): Promise<readonly unknown[]> {
  const { hasHappened, prepare } = createCut(cut);
  const page = await person.open({ query, prepare });
  await chooseModel(page, "Ovi");
  const price = await priceOf(page);
  await generate(page, name);
  await hasHappened;
  await page.reload();
  await untilFinished(tileOf(page, name));
  const expected = { total: 1_000 - price, reserved: 0 };
  await vi.waitFor(async () => expect((await person.books()).credits).toMatchObject(expected));
  expect((await person.books()).rows).toHaveLength(1);
  return await person.jobs(name);
}

test("reload while uploading: nothing was held, and the page says to attach the file again", async () => {
  const person = await newPerson();
  const page = await person.open();
  await page.route(/\?ticket=/, () => undefined);
  await attach(page, "Image (optional)", picture("lost.png"));
  const tile = await generate(page, "Half an upload");
  await tile.getByText("Uploading").waitFor();
  await page.reload();
  await tileOf(page, "Half an upload").getByText("You were not charged.").waitFor();
  await tileOf(page, "Half an upload")
    .getByText(/attach/i)
    .waitFor();
  expect((await person.books()).credits.total).toBe(1_000);
});

test("what an older version of the app has stored is taken over", async () => {
  const person = await newPerson();
  const page = await person.open({
    async prepare(tab) {
      await tab.goto(`${new URL(person.address()).origin}/icon.svg`);
      await tab.evaluate(() => {
        localStorage.setItem("@video_gen_model_id", "vid-seedance-pro");
        localStorage.setItem("@video_gen_aspect_ratio", "9:16");
        localStorage.setItem("@video_gen_resolution", "480p");
      });
    },
  });
  await page.getByRole("button", { name: "Model: Seedance Pro" }).waitFor();
  expect(await page.getByLabel("Shape").inputValue()).toBe("9:16");
  expect(await page.getByLabel("Quality").inputValue()).toBe("480p");
});

test("the model and its settings are as they were after a reload, each model with its own", async () => {
  const person = await newPerson();
  const page = await person.open();
  await page.getByLabel("Length").selectOption("4 s");
  await chooseModel(page, "Kling 2.6 Pro");
  await page.getByRole("switch", { name: "Sound" }).check();
  await page.reload();
  await page.getByRole("button", { name: "Model: Kling 2.6 Pro" }).waitFor();
  expect(await page.getByRole("switch", { name: "Sound" }).isChecked()).toBe(true);
  await chooseModel(page, "Veo 3.1");
  expect(await page.getByLabel("Length").inputValue()).toBe("4");
});
