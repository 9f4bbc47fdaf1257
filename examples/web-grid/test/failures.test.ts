// What goes wrong is said with a sentence, and with another one that says whether it was charged.
import type { Page } from "playwright-core";
import { expect, inject, test } from "vitest";
import { picture } from "./support/picture.ts";
import { newPerson } from "./support/person.ts";
import { attach, chooseModel, generate, priceOf, promptOf, tileOf, untilFinished } from "./support/videos-page.ts";

test("insufficient credits: the button says so, Enter sends nothing, and the nearest settings that fit are one press", async () => {
  const person = await newPerson();
  await person.begin({ credits: 320 });
  const page = await person.open();
  await page.getByText("you have 320").waitFor();
  await promptOf(page).fill("A long film");
  const button = page.getByRole("button", { name: "Not enough credits" });
  expect(await button.getAttribute("aria-disabled")).toBe("true");
  await promptOf(page).press("Enter");
  await button.click({ force: true });
  expect((await person.books()).slots).toEqual([]);
  await page.getByRole("button", { name: /^Use .+ for \d+$/ }).click();
  expect(await priceOf(page)).toBeLessThanOrEqual(320);
  await page.getByRole("button", { name: "Generate" }).click();
  await untilFinished(tileOf(page, "A long film"));
});

test("credits for no setting of the model: another model is offered", async () => {
  const person = await newPerson();
  await person.begin({ credits: 20 });
  const page = await person.open();
  await page.getByText("you have 20").waitFor();
  await page.getByRole("button", { name: /^Use .+ for \d+$/ }).click();
  expect(await priceOf(page)).toBeLessThanOrEqual(20);
  await untilFinished(await generate(page, "A short film"));
});

/** Has the page believe that it has more credits than the backend will give. */
async function showStaleCredits(page: Page): Promise<void> {
  await page.routeWebSocket(new RegExp(new URL(inject("world").convexUrl).host), (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((message) => server.send(message));
    server.onMessage((message) => socket.send(String(message).replaceAll('"available":5', '"available":5000')));
  });
}

test("credits that are gone by the time of the request: the tile says why, and nothing was charged", async () => {
  const person = await newPerson();
  await person.begin({ credits: 5 });
  const page = await person.open({ prepare: showStaleCredits });
  await page.getByText("5,000 credits").waitFor();
  const tile = await generate(page, "A film too dear");
  await tile.getByText(/not enough credits/i).waitFor();
  await tile.getByText("You were not charged.").waitFor();
  expect(await person.jobs("A film too dear")).toEqual([]);
  expect((await person.books()).credits).toEqual({ total: 5, reserved: 0, available: 5 });
});

test("slot limit: the second video is refused while the first renders, and can be made after it", async () => {
  const person = await newPerson();
  await person.begin({ subscriptionPlan: "basic" });
  const page = await person.open();
  await chooseModel(page, "Ovi");
  const price = await priceOf(page);
  const first = await generate(page, "The first");
  const second = await generate(page, "The second");
  await second.getByText(/too many|limit|at once/i).waitFor();
  await second.getByText("You were not charged.").waitFor();
  await untilFinished(first);
  await second.getByRole("button", { name: "Use again" }).click();
  expect(await promptOf(page).inputValue()).toBe("The second");
  await promptOf(page).press("Enter");
  await untilFinished(tileOf(page, "The second").filter({ has: page.getByRole("button", { name: /^Play/ }) }));
  await expect.poll(async () => (await person.books()).credits.total).toBe(1_000 - 2 * price);
});

test("a refused prompt: the provider's reason, and the credits returned", async () => {
  const person = await newPerson();
  const page = await person.open();
  const tile = await generate(page, "Something bad [scenario:content-policy-violation]");
  await tile.getByText("The credits were given back: you were not charged.").waitFor();
  await page.getByText("1,000 credits", { exact: true }).waitFor();
  expect((await person.books()).rows).toMatchObject([{ isLoading: false, error: expect.any(String) }]);
});

test("cancel: the provider is asked to stop, and nothing was charged", async () => {
  const person = await newPerson();
  const page = await person.open();
  const tile = await generate(page, "Never mind [scenario:never-ends]");
  await tile.getByText("Rendering").waitFor();
  await tile.getByRole("button", { name: "Cancel" }).click();
  await tile.getByText("Canceled.").waitFor();
  await tile.getByText("The credits were given back: you were not charged.").waitFor();
  await expect.poll(async () => (await person.books()).credits.total).toBe(1_000);
});

test("a video that takes longer than usual says so, and goes on", async () => {
  const person = await newPerson();
  const page = await person.context.newPage();
  await page.clock.install();
  // Answered at once: a question that the server holds is held in the server's time.
  await page.route("**/video-status*", (route) =>
    route.continue({
      url: route
        .request()
        .url()
        .replace(/&wait=\d+/, ""),
    }),
  );
  await page.goto(person.address());
  const tile = await generate(page, "So slow [scenario:never-ends]");
  await tile.getByText("Rendering").waitFor();
  await page.clock.fastForward("02:00");
  const slow = tile.getByText("Taking longer than usual");
  // Each answer takes its real time, and the next question comes seconds after it.
  await expect.poll(async () => page.clock.fastForward(5_000).then(() => slow.count()), { timeout: 60_000 }).toBe(1);
  await tile.getByRole("button", { name: "Cancel" }).click();
  await tile.getByText("Canceled.").waitFor();
});

test("a file of a wrong type is refused at its slot, before any byte is sent", async () => {
  const person = await newPerson();
  const page = await person.open();
  const puts: string[] = [];
  page.on("request", (request) => request.method() === "PUT" && puts.push(request.url()));
  await attach(page, "Image (optional)", { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("notes") });
  await page.getByRole("alert").getByText("“notes.txt” is no picture, clip or sound. A picture goes here").waitFor();
  // It must not be left out quietly.
  await promptOf(page).fill("Without its picture");
  await page.getByRole("button", { name: "Remove the failed file" }).click({ force: true });
  await promptOf(page).press("Enter");
  expect((await person.books()).slots).toEqual([]);
  await page.getByRole("button", { name: /^Remove Image/ }).click();
  await page.getByLabel("Image (optional)", { exact: true }).waitFor({ state: "attached" });
  expect(puts).toEqual([]);
});

test("an upload that fails in passing is tried again", async () => {
  const person = await newPerson();
  const page = await person.open();
  let failures = 1;
  await page.route("**/r2-presign", (route) =>
    failures-- > 0 ? route.fulfill({ status: 503, body: "{}" }) : route.continue(),
  );
  await attach(page, "Image (optional)", picture("again.png"));
  await untilFinished(await generate(page, "Second time lucky"));
  expect(failures).toBeLessThan(0);
});
