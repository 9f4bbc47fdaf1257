// The states of the page of which there are pictures, in the order in which a user could meet them.
import { ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import type { BrowserContext, Page } from "playwright-core";
import { picture } from "../test/support/picture.ts";
import { attach, chooseModel, generate, promptOf, tileOf, untilFinished } from "../test/support/videos-page.ts";

/** A browser of a user, and what the states need beside it. */
export interface Studio {
  readonly context: BrowserContext;
  readonly isPhone: boolean;
  readonly convexUrl: string;
  address(query?: string): string;
  tokenOf(): Promise<string>;
  open(query?: string): Promise<Page>;
  save(tab: Page, name: string): Promise<void>;
}

const SHAPES = [
  ["9:16", "A paper boat sailing through a rainy street, macro"],
  ["16:9", "Drone shot over a misty pine forest at sunrise"],
  ["1:1", "A fox that turns its head in the snow"],
  ["16:9", "A neon street in the rain, slow dolly shot"],
  ["4:3", "Northern lights, the stars turn"],
  ["9:16", "Liquid paint in slow motion"],
  ["16:9", "A corgi surfing a small wave at golden hour"],
] as const;

const seedUser = makeFunctionReference<"mutation">("extras:seedUser");

async function seed({ convexUrl, tokenOf }: Studio, books: Record<string, unknown>): Promise<void> {
  await new ConvexHttpClient(convexUrl, { auth: await tokenOf() }).mutation(seedUser, books);
}

async function menuOf(tab: Page, prompt: string): Promise<void> {
  const tile = tileOf(tab, prompt);
  await tile.hover();
  await tile.getByRole("button", { name: "More" }).click();
  await tab.getByRole("menu").waitFor();
}

/** By name, each with what it takes to get there. */
export const STATES: Readonly<Record<string, (studio: Studio) => Promise<void>>> = {
  async empty(studio) {
    const tab = await studio.open();
    await studio.save(tab, "01-empty");
    await tab.getByRole("button", { name: /^Model:/ }).click();
    await tab.getByRole("dialog").getByRole("combobox").waitFor();
    await studio.save(tab, "02-picker");
    await tab.getByRole("button", { name: "Frames", exact: true }).click();
    await tab.getByRole("dialog").getByRole("combobox").fill("1080p");
    await studio.save(tab, "03-picker-search");
    await tab.close();
  },

  async grid(studio) {
    const tab = await studio.open();
    await chooseModel(tab, "Seedance Pro");
    for (const [index, [shape, prompt]] of SHAPES.entries()) {
      await tab.getByLabel("Shape").selectOption(shape);
      await untilFinished(await generate(tab, prompt));
      if (index === 0) await studio.save(tab, "04-one-video");
    }
    await tileOf(tab, SHAPES[6][1]).locator("img").waitFor();
    await studio.save(tab, "05-finished");
    await menuOf(tab, SHAPES[6][1]);
    await studio.save(tab, "06-actions");
    await tab.close();
  },

  async life(studio) {
    const tab = await studio.open();
    await chooseModel(tab, "Seedance Pro");
    await tab.getByLabel("Shape").selectOption("16:9");
    const failed = await generate(tab, "Something forbidden [scenario:content-policy-violation]");
    await failed.getByText("you were not charged").waitFor();
    const canceled = await generate(tab, "A city that never sleeps [scenario:never-ends]");
    await canceled.getByRole("button", { name: "Cancel" }).click();
    await canceled.getByText("Canceled.").waitFor();
    await tab.route(/\?ticket=/, () => undefined);
    const loading = await generate(tab, "A lighthouse in a storm [scenario:never-ends]");
    await loading.getByText("Rendering").waitFor();
    await attach(tab, "Image (optional)", picture("harbour.png", { width: 1600, height: 900 }));
    const uploading = await generate(tab, "The boats come in");
    await uploading.getByText("Uploading").waitFor();
    await studio.save(tab, "07-life");
    const second = await studio.open();
    await tileOf(second, "A lighthouse in a storm [scenario:never-ends]").getByText("elsewhere").waitFor();
    await studio.save(second, "08-elsewhere");
    await second.close();
    await uploading.getByRole("button", { name: "Cancel" }).click();
    await loading.getByRole("button", { name: "Cancel" }).click();
    await loading.getByText("Canceled.").waitFor();
    await tab.close();
  },

  async large(studio) {
    const tab = await studio.open();
    await tileOf(tab, SHAPES[6][1]).getByRole("button", { name: /^Play/ }).click();
    await tab.getByRole("dialog", { name: "Video" }).waitFor();
    await studio.save(tab, "09-large");
    await tab.close();
  },

  async composer(studio) {
    const tab = await studio.open();
    await chooseModel(tab, "Veo 3.1");
    await tab.getByRole("switch", { name: "Start & end frames" }).check();
    await attach(tab, "Start frame", picture("start.png", { colour: [40, 90, 200] }));
    await promptOf(tab).fill(
      "The sea freezes over while the camera pulls back, and the light turns from gold to blue.\n\nNo people. Slow.",
    );
    await studio.save(tab, "10-frames");
    await tab.locator("button.cost").click();
    await tab.getByRole("dialog", { name: "How the price is made up" }).waitFor();
    await studio.save(tab, "11-price");
    await tab.keyboard.press("Escape");
    await chooseModel(tab, "Kling O1 Edit");
    await attach(tab, "Add image", picture("street.png", { colour: [90, 160, 90] }));
    await attach(tab, "Add element", picture("hero.png", { width: 400, height: 400, colour: [220, 140, 60] }));
    await attach(tab, "Add a view", picture("side.png", { width: 400, height: 400, colour: [200, 120, 50] }));
    await promptOf(tab).fill("");
    await promptOf(tab).pressSequentially("Put @");
    await tab.getByRole("listbox").waitFor();
    await studio.save(tab, "12-mention");
    await tab.keyboard.press("Escape");
    await tab
      .getByRole("button", { name: /choose from earlier$/ })
      .first()
      .click();
    await tab.getByRole("dialog", { name: "Choose from earlier" }).waitFor();
    await studio.save(tab, "13-earlier");
    await tab.keyboard.press("Escape");
    await attach(tab, "Clip to edit", { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("no clip") });
    await tab.getByRole("alert").waitFor();
    await studio.save(tab, "14-wrong-file");
    await tab.close();
  },

  async credits(studio) {
    await seed(studio, { credits: 120, subscriptionPlan: "max" });
    const tab = await studio.open();
    await chooseModel(tab, "Veo 3.1");
    for (const remove of await tab.getByRole("button", { name: /^Remove / }).all()) await remove.click();
    await promptOf(tab).fill("A long film");
    await tab.getByText("you have 120").waitFor();
    await tab.getByRole("button", { name: /^Use .* for/ }).waitFor();
    await studio.save(tab, "15-short-of-credits");
    await tab.close();
  },

  async sessions(studio) {
    const tab = await studio.open();
    if (studio.isPhone) await tab.getByRole("button", { name: "Sessions" }).click();
    const sessions = tab.getByRole("navigation", { name: "Sessions" }).last();
    await sessions
      .getByRole("button", { name: /^More for/ })
      .first()
      .click();
    await tab.getByRole("menuitem", { name: "Delete session" }).waitFor();
    await studio.save(tab, "16-sessions");
    await tab.getByRole("menuitem", { name: "Delete session" }).click();
    await tab.getByRole("alertdialog").waitFor();
    await studio.save(tab, "17-delete-session");
    await tab.close();
  },
};
