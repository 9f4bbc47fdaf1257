// Files from the device's picker, on their way to a video.
import { fireEvent, screen } from "@testing-library/react-native";
import { openScreen } from "./open-screen.tsx";

const picture = { uri: "file:///picture.png", mimeType: "image/png", fileName: "picture.png", fileSize: 2_048 };

describe("attachments", () => {
  test("a picked picture uploads at once, in view, and makes an image-to-video from its URL", async () => {
    const { device, press, generate, advance, engine, uploads, ledger, close } = await openScreen();
    device.pickNext(picture);
    await press("Add image (optional)");
    expect(screen.getByLabelText("Image: Uploading")).toBeOnTheScreen();
    expect(screen.getByRole("progressbar", { name: "Upload of Image" })).toBeOnTheScreen();
    await advance(1_000);
    expect(screen.getByLabelText("Image: Uploaded")).toBeOnTheScreen();
    await generate("it walks away");
    await advance(120_000);
    expect(screen.getByLabelText("Play: it walks away")).toBeOnTheScreen();
    expect(engine.list()[0]?.request).toMatchObject({
      mode: "image-to-video",
      attachmentImageUrl: "https://uploads.test/1",
    });
    expect(uploads.files).toMatchObject([{ contentType: "image/png", source: { uri: "file:///picture.png" } }]);
    ledger.assertBalanced();
    await close();
  });

  test("a generation may start before its picture is uploaded: the tile says that it uploads, and it is sent once", async () => {
    const { device, press, generate, advance, uploads, ledger, close } = await openScreen();
    device.pickNext(picture);
    await press("Add image (optional)");
    await generate("it walks away");
    expect(screen.getByRole("progressbar", { name: "Uploading: it walks away" })).toBeOnTheScreen();
    await advance(120_000);
    expect(screen.getByLabelText("Play: it walks away")).toBeOnTheScreen();
    expect(uploads.sent).toBe(1);
    ledger.assertBalanced();
    await close();
  });

  test("a file of a type that no model takes is refused in words before a byte moves", async () => {
    const { device, press, uploads, close } = await openScreen();
    device.pickNext({ ...picture, mimeType: "image/tiff", fileName: "scan.tiff", uri: "file:///scan.tiff" });
    await press("Add image (optional)");
    expect(screen.getByText("A picture goes here: PNG, JPEG or WebP.")).toBeOnTheScreen();
    expect(uploads.sent).toBe(0);
    await close();
  });

  test("a removed picture is not part of the request", async () => {
    const { device, press, generate, engine, close } = await openScreen();
    device.pickNext(picture);
    await press("Add image (optional)");
    await press("Remove image");
    expect(screen.getByLabelText("Add image (optional)")).toBeOnTheScreen();
    await generate("a corgi");
    expect(engine.list()[0]?.request).toMatchObject({ mode: "text-to-video" });
    await close();
  });

  test("a transition has a start and an end frame", async () => {
    const { device, press, choose, generate, advance, engine, close } = await openScreen();
    await choose("Veo 3.1 Transition");
    device.pickNext({ ...picture, uri: "file:///start.png" });
    await press("Add start frame");
    device.pickNext({ ...picture, uri: "file:///end.png" });
    await press(/^Add end frame/);
    await generate("from day to night");
    await advance(200_000);
    expect(engine.list()[0]).toMatchObject({
      status: "completed",
      request: {
        startFrameImageUrl: "https://uploads.test/1",
        endFrameImageUrl: "https://uploads.test/2",
      },
    });
    await close();
  });

  test("Kling O1 takes references and elements, each with a main view and extras", async () => {
    const { device, press, choose, generate, advance, engine, close } = await openScreen();
    await choose("Kling O1 Edit");
    for (const [label, name] of [
      [/^Add image/, "reference"],
      ["Add element, main view first", "main"],
      ["Add element 1 view", "extra"],
    ] as const) {
      device.pickNext({ ...picture, uri: `file:///${name}.png` });
      await press(label);
    }
    await generate("they meet");
    await advance(300_000);
    expect(engine.list()[0]).toMatchObject({
      status: "completed",
      request: {
        klingO1Images: ["https://uploads.test/1"],
        klingO1Elements: [
          { frontalImageUrl: "https://uploads.test/2", referenceImageUrls: ["https://uploads.test/3"] },
        ],
      },
    });
    await close();
  });

  test("an @ offers the attached files, and a press puts the name where the caret is", async () => {
    const { device, press, choose, close } = await openScreen();
    await choose("Kling O1 Edit");
    device.pickNext(picture);
    await press(/^Add image/);
    const field = screen.getByLabelText("Describe the video");
    const type = async (text: string, caret: number): Promise<void> => {
      await fireEvent.changeText(field, text);
      await fireEvent(field, "selectionChange", { nativeEvent: { selection: { start: caret, end: caret } } });
    };
    await type("Put  in the rain", 4);
    expect(screen.queryByLabelText("Attached files")).toBeNull();
    await type("Put @ in the rain", 5);
    await press("@Image1");
    expect(field.props["value"]).toBe("Put @Image1 in the rain");
    expect(screen.queryByLabelText("Attached files")).toBeNull();
    await close();
  });
});
