// The composer in Chromium: files from anywhere, names in the prompt, and a draft that stays.
import { give, photo } from "@video-engine/example-web-grid/test/give";
import { newPerson } from "@video-engine/example-web-grid/test/person";
import { expect, test } from "vitest";
import { chooseModel } from "./expo-screen.ts";

test("the draft survives a reload, with the picture that was uploaded, which is not sent again", async () => {
  const person = await newPerson();
  const page = await person.open();
  await chooseModel(page, "Seedance Pro");
  await give(page, "drop", [photo("harbour.png")]);
  await page.getByRole("img", { name: "Image: Uploaded" }).waitFor();
  const prompt = page.getByLabel("Describe the video");
  await prompt.fill("Ships leave the bay");
  await page.reload();
  await page.getByRole("img", { name: "Image: Uploaded" }).waitFor();
  await page.getByRole("button", { name: "Model: Seedance Pro" }).waitFor();
  expect(await prompt.inputValue()).toBe("Ships leave the bay");
  const puts: string[] = [];
  page.on("request", (request) => request.method() === "PUT" && puts.push(request.url()));
  await page.getByRole("button", { name: "Generate" }).click();
  await page.getByRole("button", { name: "Play: Ships leave the bay", exact: true }).waitFor();
  expect((await person.jobs("Ships leave the bay"))[0]?.["image_url"]).toMatch(/^https:/);
  expect(puts).toEqual([]);
  await page.reload();
  await page.getByRole("img", { name: "Image: Uploaded" }).waitFor();
  expect(await prompt.inputValue()).toBe("");
});

test("files are dropped and pasted anywhere, and named by an @; what has no place is said", async () => {
  const person = await newPerson();
  const page = await person.open();
  await chooseModel(page, "Kling O1 Edit");
  await give(page, "drop", [photo("street.png")]);
  await page.getByRole("img", { name: "Image 1: Uploaded" }).waitFor();
  await give(page, "paste", [photo("hero.png")]);
  await page.getByRole("img", { name: "Image 2: Uploaded" }).waitFor();
  await give(page, "drop", [{ name: "notes.txt", type: "text/plain", bytes: [1] }]);
  await page.getByText("“notes.txt” is no picture, clip or sound.").first().waitFor();

  const prompt = page.getByLabel("Describe the video");
  await prompt.pressSequentially("Put @");
  const names = page.getByRole("listbox", { name: "Attached files" });
  await names.getByRole("option", { name: "@Image2" }).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect.poll(() => prompt.inputValue()).toBe("Put @Image2 ");
  await prompt.pressSequentially("into @im");
  await names.getByRole("option", { name: "@Image1" }).click();
  await expect.poll(() => prompt.inputValue()).toBe("Put @Image2 into @Image1 ");
  await prompt.press("Home");
  await prompt.pressSequentially("@i");
  await page.keyboard.press("Tab");
  // The caret is behind the name, in the middle of the text.
  await prompt.pressSequentially("and ");
  expect(await prompt.inputValue()).toBe("@Image1 and Put @Image2 into @Image1 ");

  await chooseModel(page, "Hunyuan 1.5");
  await give(page, "drop", [photo("street.png")]);
  await page.getByText("Hunyuan 1.5 has no place for “street.png”").first().waitFor();
});
