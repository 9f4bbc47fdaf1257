// From the prompt to the video on the screen, and every other end: with the sentence that says whether it was charged.
import { fireEvent, screen } from "@testing-library/react-native";
import { AccessibilityInfo, useColorScheme } from "react-native";
import { PALETTES } from "../src/theme/palettes.ts";
import { openScreen } from "./open-screen.tsx";

describe("grid data: instant tile first", () => {
  test("a generation has its tile at once, with the credits it holds, and becomes the video in the same place", async () => {
    const { generate, advance, ledger, close } = await openScreen();
    expect(screen.getByLabelText("1,000 credits")).toBeOnTheScreen();
    await generate("a corgi surfing");
    expect(screen.getByText("Rendering")).toBeOnTheScreen();
    expect(screen.getByLabelText("539 credits, 461 held")).toBeOnTheScreen();
    expect(screen.getByText(/^usually/)).toBeOnTheScreen();
    expect(screen.getByLabelText("Cancel: a corgi surfing")).toBeOnTheScreen();
    await advance(120_000);
    expect(screen.getByLabelText("Play: a corgi surfing")).toBeOnTheScreen();
    expect(screen.queryByText("Rendering")).toBeNull();
    expect(screen.getAllByLabelText(/a corgi surfing/)).toHaveLength(2);
    expect(screen.getByLabelText("Describe the video")).toHaveDisplayValue("");
    expect(screen.getByLabelText(`${1_000 - ledger.books.captured} credits`)).toBeOnTheScreen();
    ledger.assertBalanced();
    await close();
  });

  test("progress is a share of the usual time once the provider has the job, and no number before", async () => {
    const { generate, advance, until, engine, ledger, close } = await openScreen();
    ledger.failNext("createSession", { refused: "unreachable" });
    await generate("a corgi");
    expect(screen.getByLabelText("Starting: a corgi").props["aria-valuenow"]).toBeUndefined();
    await until(() => engine.list()[0]?.phase === "polling");
    await advance(30_000);
    const now: unknown = screen.getByLabelText("Rendering: a corgi").props["aria-valuenow"];
    expect(now).toBeGreaterThan(0);
    expect(now).toBeLessThan(50);
    await close();
  });

  test("the video plays at a tap, and can be the clip that Kling O1 edits", async () => {
    const { generate, advance, press, engine, close } = await openScreen();
    await generate("a corgi");
    await advance(120_000);
    await press("Play: a corgi");
    expect(screen.getByText("The credits were charged.")).toBeOnTheScreen();
    await press("More");
    await press("Edit this video with Kling O1");
    expect(screen.queryByText("The credits were charged.")).toBeNull();
    expect(screen.getByLabelText("Model: Kling O1 Edit")).toBeOnTheScreen();
    await generate("make it night");
    expect(engine.list()[0]?.request).toMatchObject({
      mode: "video-to-video-edit",
      klingO1Video: "https://videos.test/job-1.mp4",
    });
    await close();
  });

  test("a row that has been loading for ten minutes and that nothing here drives is marked", async () => {
    const { engine, ledger, clock, outside, close } = await openScreen();
    const row = { sessionId: "session-1", slotId: "slot-1", credits: 461, model: "vid-veo-3.1", prompt: "an old one" };
    ledger.books.sessions.push({ id: "session-1", title: "Old" });
    ledger.books.rows.push({ ...row, id: "row-1", createdAt: clock.now() - 660_000, isLoading: true, videos: [] });
    await outside(() => void engine.sessions.refresh());
    expect(screen.getByText("an old one")).toBeOnTheScreen();
    expect(screen.getByText("No news for ten minutes")).toBeOnTheScreen();
    await close();
  });
});

describe("errors say whether it was charged", () => {
  test("too few credits: the reason on the button, and the nearest settings that fit at one press", async () => {
    const { generate, press, engine, ledger, close } = await openScreen({ credits: 300 });
    expect(screen.getByText("you have 300")).toBeOnTheScreen();
    await fireEvent.changeText(screen.getByLabelText("Describe the video"), "a corgi");
    expect(screen.getByLabelText("Not enough credits")).toBeDisabled();
    await press("Not enough credits");
    expect(engine.list()).toEqual([]);
    const offer = screen.getByLabelText(/^Use .* for/).props["accessibilityLabel"] as string; // what it was found by
    await press(offer);
    await generate("a corgi");
    expect(offer).toBe(`Use 4 s · 720p for ${ledger.books.reserved}`);
    expect(ledger.books.reserved).toBeLessThanOrEqual(300);
    await close();
  });

  test("a failed video is tried again with its files, and nothing is uploaded twice", async () => {
    const { device, generate, press, advance, api, uploads, engine, ledger, close } = await openScreen();
    device.pickNext({ uri: "file:///picture.png", mimeType: "image/png", fileName: "picture.png", fileSize: 2_048 });
    await press("Add image (optional)");
    await advance(1_000);
    api.playNext({ fail: "content-rejected" });
    await generate("a corgi");
    await press("Remove image");
    await advance(120_000);
    await press("Try again: a corgi");
    await advance(120_000);
    expect(screen.getByLabelText("Play: a corgi")).toBeOnTheScreen();
    expect(engine.list()[0]?.request).toMatchObject({ attachmentImageUrl: "https://uploads.test/1" });
    expect(uploads.sent).toBe(1);
    ledger.assertBalanced();
    await close();
  });

  test("everything that made a failed video comes back into the draft", async () => {
    const { device, generate, press, choose, advance, api, close } = await openScreen();
    device.pickNext({ uri: "file:///picture.png", mimeType: "image/png", fileName: "picture.png", fileSize: 2_048 });
    await press("Add image (optional)");
    await press(/^Settings:/);
    await press("Shape: 9:16");
    api.playNext({ fail: "content-rejected" });
    await generate("a corgi");
    await press("Remove image");
    await press("Shape: 16:9");
    await choose("Seedance Pro");
    await advance(120_000);
    await press("Use again: a corgi");
    expect(screen.getByLabelText("Model: Veo 3.1")).toBeOnTheScreen();
    expect(screen.getByLabelText("Shape: 9:16")).toBeChecked();
    expect(screen.getByLabelText("Describe the video")).toHaveDisplayValue("a corgi");
    expect(screen.getByLabelText("Image: Uploaded")).toBeOnTheScreen();
    await close();
  });

  test("a refusal of the provider: the sentence, and the credits returned", async () => {
    const { generate, advance, api, ledger, close } = await openScreen();
    api.playNext({ fail: "content-rejected" });
    await generate("a corgi");
    await advance(120_000);
    expect(screen.getByText(/content policy/)).toBeOnTheScreen();
    expect(screen.getByText("The credits were given back: you were not charged.")).toBeOnTheScreen();
    ledger.assertBalanced();
    await close();
  });

  test("the slot limit: the fourth is refused in words, and the three go on", async () => {
    const { generate, advance, ledger, close } = await openScreen({ credits: 5_000 });
    for (const prompt of ["one", "two", "three"]) await generate(prompt);
    await generate("four");
    expect(screen.getByText(/Too many videos are being generated at once/)).toBeOnTheScreen();
    await advance(120_000);
    for (const prompt of ["one", "two", "three"]) expect(screen.getByLabelText(`Play: ${prompt}`)).toBeOnTheScreen();
    ledger.assertBalanced();
    await close();
  });
});

describe("cancel (fault 4 of today's client: it only stopped the timer)", () => {
  test("returns the credits, frees the slot, asks the provider to stop, and says so", async () => {
    const { generate, press, advance, api, ledger, close } = await openScreen();
    await generate("a corgi");
    await press("Cancel: a corgi");
    await advance(60_000);
    expect(screen.getByText("Canceled.")).toBeOnTheScreen();
    expect(screen.getByText("The credits were given back: you were not charged.")).toBeOnTheScreen();
    expect(api.jobs[0]?.isCanceled).toBe(true);
    ledger.assertBalanced();
    await close();
  });
});

describe("for everybody", () => {
  test("the button says what is missing, and a screen reader hears how a video has ended", async () => {
    const { press, choose, generate, advance, engine, close } = await openScreen();
    await press("Generate");
    expect(screen.getByText("Describe the video first.")).toBeOnTheScreen();
    await choose("Veo 3.1 Transition");
    await generate("from day to night");
    expect(screen.getByText("Add a start frame first.")).toBeOnTheScreen();
    expect(engine.list()).toEqual([]);
    await choose("Veo 3.1");
    await press("Generate");
    await advance(120_000);
    expect(AccessibilityInfo.announceForAccessibility).toHaveBeenCalledWith("Video done: from day to night");
    await close();
  });

  test.each(["light", "dark"] as const)("the screen is %s when the device is", async (scheme) => {
    jest.mocked(useColorScheme).mockReturnValue(scheme);
    const { close } = await openScreen();
    const { text } = PALETTES[scheme];
    expect(screen.getByRole("header", { name: "Videos" })).toHaveStyle({ color: text });
    await close();
    jest.mocked(useColorScheme).mockReturnValue("light");
  });
});

describe("slow", () => {
  test("past the soft limit the tile says so, and goes on", async () => {
    const { generate, advance, close } = await openScreen({ jobMs: 3_600_000 });
    await generate("a corgi");
    await advance(1_200_000);
    expect(screen.getByText("Taking longer than usual")).toBeOnTheScreen();
    await close();
  });
});
