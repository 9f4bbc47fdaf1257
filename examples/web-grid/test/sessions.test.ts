// The sidebar: sessions, and what each of them shows.
import { expect, test } from "vitest";
import { newPerson } from "./support/person.ts";
import { chooseModel, generate, tileOf, untilFinished } from "./support/videos-page.ts";

test("the first video makes a session with its prompt as the title; a new one begins empty; each shows its own", async () => {
  const person = await newPerson();
  const page = await person.open();
  await chooseModel(page, "Ovi");
  await untilFinished(await generate(page, "A lighthouse"));
  const sessions = page.getByRole("complementary").getByRole("navigation", { name: "Sessions" });
  await sessions.getByRole("button", { name: "A lighthouse", exact: true }).waitFor();

  await sessions.getByRole("button", { name: "New session" }).click();
  await page.getByRole("heading", { name: "What will you film today?" }).waitFor();
  await untilFinished(await generate(page, "A windmill"));
  expect(await tileOf(page, "A lighthouse").count()).toBe(0);

  await sessions.getByRole("button", { name: "A lighthouse", exact: true }).click();
  await tileOf(page, "A lighthouse").waitFor();
  expect(await tileOf(page, "A windmill").count()).toBe(0);
  expect((await person.books()).sessions).toHaveLength(2);
});

test("on a phone the sessions are in a drawer", async () => {
  const person = await newPerson();
  const page = await person.open();
  await page.setViewportSize({ width: 360, height: 740 });
  await chooseModel(page, "Ovi");
  await untilFinished(await generate(page, "A sparrow"));
  await page.getByRole("button", { name: "Sessions" }).click();
  const drawer = page.getByRole("dialog", { name: "Sessions" });
  await drawer.getByRole("button", { name: "New session" }).click();
  await drawer.waitFor({ state: "hidden" });
  await page.getByRole("heading", { name: "What will you film today?" }).waitFor();
  // Nothing is wider than the screen.
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});
