// The states of the screen of which there are pictures, in the order in which a user could meet them.
import { ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import type { Page } from "playwright-core";
import { chooseModel, closeDialog, dialogOf, generate, untilPlaying, videoOf } from "./expo-screen.ts";

/** The screen of a user, and what the states need beside it. */
export interface Studio {
  readonly tab: Page;
  readonly convexUrl: string;
  tokenOf(): Promise<string>;
  save(name: string): Promise<void>;
}

const SHAPES = [
  ["9:16", "A paper boat sailing through a rainy street, macro"],
  ["16:9", "Drone shot over a misty pine forest at sunrise"],
  ["1:1", "A fox that turns its head in the snow"],
  ["16:9", "A corgi surfing a small wave at golden hour"],
] as const;

const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

const seedUser = makeFunctionReference<"mutation">("extras:seedUser");

async function setShape(tab: Page, shape: string): Promise<void> {
  await tab.getByRole("button", { name: /^Settings:/ }).click();
  await tab.getByRole("radio", { name: `Shape: ${shape}` }).click();
  await closeDialog(tab);
}

/** Picks a file at the place of this label. */
async function pick(tab: Page, label: string, file: { name: string; mimeType: string }): Promise<void> {
  const chooser = tab.waitForEvent("filechooser");
  await tab.getByRole("button", { name: label }).click();
  await (await chooser).setFiles({ ...file, buffer: PICTURE });
}

/** By name, each with what it takes to get there. */
export const STATES: Readonly<Record<string, (studio: Studio) => Promise<void>>> = {
  async empty({ tab, save }) {
    await save("01-empty");
    await tab.getByRole("button", { name: /^Model:/ }).click();
    await tab.getByLabel("Search models").waitFor();
    await save("02-picker");
    await tab.getByRole("checkbox", { name: "Frames" }).click();
    await tab.getByLabel("Search models").fill("1080p");
    await save("03-picker-search");
    await closeDialog(tab);
    await tab.getByRole("button", { name: /^Settings:/ }).click();
    await dialogOf(tab).getByText("Quality").waitFor();
    await save("04-settings");
    await closeDialog(tab);
  },

  async grid({ tab, save }) {
    await chooseModel(tab, "Seedance Pro");
    for (const [index, [shape, prompt]] of SHAPES.entries()) {
      await setShape(tab, shape);
      await generate(tab, prompt);
      await videoOf(tab, prompt).waitFor();
      if (index === 0) await save("05-one-video");
    }
    await save("06-finished");
    await tab.getByRole("button", { name: `More: ${SHAPES[3][1]}` }).click();
    await dialogOf(tab).getByText("Use again").waitFor();
    await save("07-actions");
    await closeDialog(tab);
    await videoOf(tab, SHAPES[3][1]).click();
    await untilPlaying(tab);
    await save("08-large");
    await closeDialog(tab);
  },

  async life({ tab, save }) {
    await generate(tab, "Something forbidden [scenario:content-policy-violation]");
    await tab.getByText("you were not charged").waitFor();
    await generate(tab, "A city that never sleeps [scenario:never-ends]");
    await tab.getByRole("button", { name: /^Cancel: / }).click();
    await tab.getByText("Canceled.", { exact: true }).waitFor();
    await generate(tab, "A lighthouse in a storm [scenario:never-ends]");
    await tab.getByText("Rendering").waitFor();
    await save("09-life");
    await tab.getByRole("button", { name: /^Cancel: / }).click();
    await tab.getByRole("button", { name: /^Cancel: / }).waitFor({ state: "detached" });
  },

  async composer({ tab, save }) {
    await pick(tab, "Add image (optional)", { name: "harbour.png", mimeType: "image/png" });
    await tab.getByRole("img", { name: "Image: Uploaded" }).waitFor();
    await tab
      .getByLabel("Describe the video")
      .fill(
        "The sea freezes over while the camera pulls back, and the light turns from gold to blue. No people. Slow.",
      );
    await save("10-draft");
    await tab.getByRole("button", { name: /^\d+ credits/ }).click();
    await dialogOf(tab).getByText("How the price is made up").waitFor();
    await save("11-price");
    await closeDialog(tab);
    await chooseModel(tab, "Kling O1 Edit");
    await pick(tab, "Add element, main view first", { name: "hero.png", mimeType: "image/png" });
    await tab.getByRole("img", { name: "Element 1 view 1: Uploaded" }).waitFor();
    await save("12-elements");
    await tab
      .getByRole("button", { name: /choose from earlier$/ })
      .first()
      .click();
    await dialogOf(tab).getByText("Choose from earlier").waitFor();
    await save("13-earlier");
    await closeDialog(tab);
    await chooseModel(tab, "Seedance Pro");
    await tab.getByRole("button", { name: "Remove image" }).click();
    await pick(tab, "Add image (optional)", { name: "scan.tiff", mimeType: "image/tiff" });
    await tab.getByText("A picture goes here").waitFor();
    await save("14-failed-file");
    await tab.getByRole("button", { name: "Remove image" }).click();
  },

  async credits({ tab, convexUrl, tokenOf, save }) {
    await new ConvexHttpClient(convexUrl, { auth: await tokenOf() }).mutation(seedUser, {
      credits: 120,
      subscriptionPlan: "max",
    });
    await chooseModel(tab, "Veo 3.1");
    await tab.getByText("you have 120").waitFor();
    await save("15-short-of-credits");
  },

  async sessions({ tab, save }) {
    await tab.getByRole("button", { name: "Sessions" }).click();
    await tab
      .getByRole("button", { name: /^Delete session/ })
      .first()
      .click();
    await tab.getByText("Delete this session?").waitFor();
    await save("16-sessions");
    await closeDialog(tab);
  },
};
