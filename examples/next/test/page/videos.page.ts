// The page as the server renders it, and as the browser takes it over. What a page logs as an error, such as React's word that the two differ,
// fails each test (`newPerson`).
import { serveHttp } from "@video-engine/example-sandbox";
import { expect, test } from "vitest";
import { newPerson, type Person } from "@video-engine/example-web-grid/test/person";
import { chooseModel, generate, tileOf, untilFinished } from "@video-engine/example-web-grid/test/videos-page";
import { startInstance } from "../instances/start-instance.ts";

type Page = Awaited<ReturnType<Person["open"]>>;

/** Half an hour off from every time zone that a server is in. */
const FAR = "Asia/Kolkata";

async function personWithRows(): Promise<Person> {
  const person = await newPerson(FAR);
  await person.begin({ credits: 1_234 });
  await person.addRows([
    { type: "image", prompt: "A still life" },
    { type: "video", prompt: "An older video" },
  ]);
  return person;
}

/** Holds back the scripts of the page until the returned function is called. */
async function holdScripts(page: Page): Promise<() => void> {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/_next/**/*.js*", async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

test("the first answer has the credits and the rows, before any script", async () => {
  const person = await personWithRows();
  const html = await (await fetch(person.address())).text();
  expect(html).toContain("<strong>1,234</strong>");
  expect(html).toContain("An older video</h3>");
  expect(html).toContain("A still life</h3>");
  const other = await newPerson();
  expect(await (await fetch(other.address())).text()).not.toContain("An older video");
});

test("the browser takes the server's grid over as it is, and goes on with it live", async () => {
  const person = await personWithRows();
  const page = await person.context.newPage();
  const release = await holdScripts(page);
  await page.goto(person.address(), { waitUntil: "commit" });
  const older = tileOf(page, "An older video");
  await older.waitFor();
  const shown = await older.elementHandle();
  const time = older.getByRole("time");
  expect(await time.textContent()).toBe("");
  release();
  await expect.poll(() => time.textContent()).toMatch(/^\d\d:\d\d$/);
  await chooseModel(page, "Ovi");
  await untilFinished(await generate(page, "Made on the server's page"));
  await expect.poll(() => page.getByTestId("credits").textContent()).not.toContain("1,234");
  // The same element from the server's answer to here: nothing was thrown away and rendered anew.
  expect(await shown?.evaluate((element) => element.isConnected)).toBe(true);
  expect((await person.books()).sessions).toHaveLength(1);
});

test("a video is on the server's page after a reload, and one under way goes on", async () => {
  const person = await newPerson(FAR);
  const page = await person.open();
  await page.getByRole("heading", { name: "What will you film today?" }).waitFor();
  await chooseModel(page, "Ovi");
  await generate(page, "Through a reload");
  await tileOf(page, "Through a reload").waitFor();
  await expect.poll(async () => (await person.books()).rows).toHaveLength(1);
  await page.reload();
  await untilFinished(tileOf(page, "Through a reload"));
  expect(await (await fetch(person.address())).text()).toContain("Through a reload</h3>");
  expect(await person.jobs("Through a reload")).toHaveLength(1);
});

test("the routes of the deployed web app are passed on too", async () => {
  const person = await newPerson();
  const page = await person.open({ query: "&deployed-routes" });
  await chooseModel(page, "Ovi");
  await untilFinished(await generate(page, "By other routes"));
  expect(await person.jobs("By other routes")).toHaveLength(1);
});

test("a backend that does not answer the server costs the page its first rows, and nothing else", async () => {
  const silent = await serveHttp(async () => await new Promise<never>(() => undefined), { port: 0, host: "127.0.0.1" });
  const demo = await serveHttp(
    async () => Response.json({ user: "demo", convexUrl: silent.url, token: "a.token.of" }),
    { port: 0, host: "127.0.0.1" },
  );
  const app = await startInstance("next", { DEMO_URL: demo.url });
  try {
    const answer = await fetch(`${app.url}/videos`);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain("Describe the video");
  } finally {
    await app.end("SIGTERM");
    await Promise.all([demo.close(), silent.close()]);
  }
});

test("without a demo to sign in at there is no such page", async () => {
  const app = await startInstance("next", {});
  try {
    expect((await fetch(`${app.url}/videos`)).status).toBe(404);
  } finally {
    await app.end("SIGTERM");
  }
});
