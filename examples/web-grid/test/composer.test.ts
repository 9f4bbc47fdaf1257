// The composer: files from anywhere, names in the prompt, a draft that stays, a picker with filters; and the session's title.
import { expect, test } from "vitest";
import { give, photo } from "./support/give.ts";
import { picture } from "./support/picture.ts";
import { newPerson } from "./support/person.ts";
import { attach, chooseModel, generate, promptOf, untilFinished } from "./support/videos-page.ts";

test("a picture that is dropped anywhere goes to its slot, one that is pasted to the next, and a text nowhere", async () => {
  const person = await newPerson();
  const page = await person.open();
  await chooseModel(page, "Kling O1 Edit");
  await give(page, "drop", [photo("street.png")]);
  await page.getByRole("button", { name: "Remove Image 1: street.png" }).waitFor();
  await give(page, "paste", [photo("hero.png")]);
  await page.getByRole("button", { name: "Remove Image 2: hero.png" }).waitFor();
  await give(page, "drop", [{ name: "notes.txt", type: "text/plain", bytes: [1] }]);
  await page.getByText("“notes.txt” is no picture, clip or sound.").waitFor();
  await page.getByText("2 of 7 references").waitFor();
  expect(await page.locator(".slot-filled").count()).toBe(2);
});

test("what the model has no place for is said, and not uploaded", async () => {
  const person = await newPerson();
  const page = await person.open();
  await chooseModel(page, "Hunyuan 1.5");
  await give(page, "drop", [photo("street.png")]);
  const puts: string[] = [];
  page.on("request", (request) => request.method() === "PUT" && puts.push(request.url()));
  await page.getByText("Hunyuan 1.5 has no place for “street.png”").waitFor();
  expect(puts).toEqual([]);
});

test("an @ offers the attached files by their names, and the model reads them", async () => {
  const person = await newPerson();
  const page = await person.open();
  await chooseModel(page, "Kling O1 Edit");
  await attach(page, "Add image", picture("street.png"));
  await attach(page, "Add image", picture("hero.png", { colour: [1, 2, 3] }));
  await promptOf(page).pressSequentially("Put @");
  await page.getByRole("option", { name: "@Image2" }).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  expect(await promptOf(page).inputValue()).toBe("Put @Image2 ");
  await promptOf(page).pressSequentially("into @im");
  await page.getByRole("option", { name: "@Image1" }).click();
  expect(await promptOf(page).inputValue()).toBe("Put @Image2 into @Image1 ");
  await promptOf(page).press("Home");
  await promptOf(page).pressSequentially("@vid");
  expect(await page.getByRole("listbox").count()).toBe(0);
  await promptOf(page).press("Home");
  await promptOf(page).pressSequentially("@");
  await page.keyboard.press("Escape");
  expect(await page.getByRole("listbox").count()).toBe(0);
  await promptOf(page).pressSequentially("i");
  await page.keyboard.press("Tab");
  // The caret is behind the name, in the middle of the text.
  await promptOf(page).pressSequentially("and ");
  expect(await promptOf(page).inputValue()).toBe("@Image1 and @vidPut @Image2 into @Image1 ");
  await promptOf(page).press("End");
  await promptOf(page).pressSequentially("a@b");
  expect(await page.getByRole("listbox").count()).toBe(0);
});

test("the draft survives a reload, with the files that were uploaded", async () => {
  const person = await newPerson();
  const page = await person.open();
  await attach(page, "Image (optional)", picture("harbour.png"));
  await promptOf(page).fill("Ships leave the bay");
  await page.locator(".slot-filled[data-status=uploaded]").waitFor();
  await page.reload();
  await expect.poll(() => promptOf(page).inputValue()).toBe("Ships leave the bay");
  await page.getByRole("button", { name: /^Remove Image/ }).waitFor();
  await page.getByRole("button", { name: "Generate" }).click();
  await expect.poll(async () => (await person.jobs("Ships leave the bay"))[0]?.["image_url"]).toMatch(/^https:/);
  await page.getByRole("button", { name: /^Play/ }).waitFor();
  await page.reload();
  expect(await promptOf(page).inputValue()).toBe("");
});

test("a picture in a slot for clips is called what it is", async () => {
  const person = await newPerson();
  const page = await person.open();
  await chooseModel(page, "Kling O1 Edit");
  await attach(page, "Clip to edit", picture("street.png"));
  const alert = await page.getByRole("alert").textContent();
  expect(alert).toBe("“street.png” is a picture (PNG). A clip goes here: MP4 or MOV.");
});

test("the picker: filters, the price of the current settings, makers, and New only where it is new", async () => {
  const person = await newPerson();
  const page = await person.open();
  await page.getByLabel("Length").selectOption("4 s");
  const price = await page.getByTestId("cost").textContent();
  await page.getByRole("button", { name: /^Model:/ }).click();
  const picker = page.getByRole("dialog", { name: "Choose a model" });
  await picker.getByRole("option").first().waitFor();
  const all = await picker.getByRole("option").count();
  await picker.getByRole("option", { name: `Veo 3.1 Cinematic clips with sound. ${price} credits` }).waitFor();
  await picker.getByRole("group", { name: "Google" }).waitFor();
  expect(await picker.getByText("New", { exact: true }).count()).toBeLessThan(all / 4);
  await picker.getByRole("button", { name: "4K" }).click();
  await picker.getByRole("button", { name: "References" }).click();
  const found = await picker.getByRole("option").allTextContents();
  expect(found.length).toBeGreaterThan(0);
  expect(found.filter((text) => !/Reference/.test(text))).toEqual([]);
});

test("the title of a session is changed where it stands, and a session can be deleted", async () => {
  const person = await newPerson();
  const page = await person.open();
  await chooseModel(page, "Ovi");
  await untilFinished(await generate(page, "A lighthouse"));
  const title = page.getByLabel("Session title");
  await title.fill("At sea");
  await title.press("Enter");
  const sessions = page.getByRole("complementary").getByRole("navigation", { name: "Sessions" });
  await sessions.getByRole("button", { name: "At sea", exact: true }).waitFor();
  await title.fill("Never mind");
  await title.press("Escape");
  expect(await title.inputValue()).toBe("At sea");
  await sessions.getByRole("button", { name: "More for At sea" }).click();
  await page.getByRole("menuitem", { name: "Delete session" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete session" }).click();
  await page.getByRole("heading", { name: "What will you film today?" }).waitFor();
  expect((await person.books()).sessions).toEqual([]);
});
