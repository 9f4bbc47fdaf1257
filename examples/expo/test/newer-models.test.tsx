// Models that came after the plan's, as the app's prices sell them: what they take is asked for by their data.
import { screen } from "@testing-library/react-native";
import { createPricing } from "@video-engine/video-models";
import { openScreen } from "./open-screen.tsx";

const { quoteVideo: quote } = createPricing({
  creditValueUsd: 0.01,
  margin: 0.4,
  baseCredits: { "vid-topaz-upscale": 60, "vid-luma-ray-3.2": 90, "vid-sync-lipsync-3": 80 },
});
const picture = { uri: "file:///picture.png", mimeType: "image/png", fileName: "picture.png", fileSize: 2_048 };
const clip = { uri: "file:///clip.mp4", mimeType: "video/mp4", fileName: "clip.mp4", fileSize: 4_096, duration: 3_000 };

describe("newer models", () => {
  test("references of several kinds, each in a place of its own", async () => {
    const { device, press, choose, generate, advance, engine, ledger, close } = await openScreen({ quote });
    await choose("Seedance 2.0 Reference");
    await generate("the hero walks");
    expect(screen.getByText("Add an image or a clip first.")).toBeOnTheScreen();
    device.pickNext(picture);
    await press("Add image (up to 9)");
    device.pickNext(clip);
    await press("Add clip (up to 3)");
    await generate("the hero walks");
    await advance(300_000);
    expect(engine.list()[0]).toMatchObject({ status: "completed", settlement: "captured" });
    expect(engine.list()[0]?.request).toMatchObject({
      mode: "reference-to-video",
      referenceImageUrls: ["https://uploads.test/1"],
      referenceVideoUrls: ["https://uploads.test/2"],
    });
    ledger.assertBalanced();
    await close();
  });

  test("keyframes are spread over the clip", async () => {
    const { device, press, choose, generate, engine, close } = await openScreen({ quote });
    await choose("Luma Ray 3.2");
    for (let picked = 0; picked < 3; picked++) {
      device.pickNext(picture);
      await press("Add keyframe (up to 32)");
    }
    await generate("from door to door");
    expect(engine.list()[0]?.request).toMatchObject({
      mode: "keyframes",
      keyframes: [{ atSeconds: 0 }, { atSeconds: 2.5 }, { atSeconds: 5 }],
    });
    await close();
  });

  test("a model without a prompt asks for none", async () => {
    const { device, press, choose, advance, engine, close } = await openScreen({ quote });
    await choose("Topaz Upscale");
    expect(screen.queryByLabelText("Prompt")).toBeNull();
    await press("Generate");
    expect(screen.getByText("Add a video first.")).toBeOnTheScreen();
    device.pickNext(clip);
    await press("Add video");
    await press("Generate");
    await advance(300_000);
    expect(engine.list()[0]).toMatchObject({ status: "completed", request: { mode: "upscale", prompt: "" } });
    await close();
  });

  test("what needs a sound is not offered here, because the device's picker gives none", async () => {
    const { press, close } = await openScreen({ quote });
    await press(/^Model:/);
    expect(screen.queryByLabelText(/^Sync Lipsync 3/)).toBeNull();
    await close();
  });
});
