// What is there already, attached again without being sent again: results of the session, and uploads of this device.
import AsyncStorage from "@react-native-async-storage/async-storage";
import { screen } from "@testing-library/react-native";
import { rememberUploads } from "@video-engine/example-web-grid/remembered-uploads";
import { openScreen } from "./open-screen.tsx";
import { USER } from "./open-world.ts";

const picture = { uri: "file:///harbour.png", mimeType: "image/png", fileName: "harbour.png", fileSize: 2_048 };
const KEY = `uploads:${USER}`;

describe("choosing from earlier", () => {
  test("at first there is nothing to choose", async () => {
    const { close } = await openScreen();
    expect(screen.queryByLabelText(/choose from earlier/)).toBeNull();
    await close();
  });

  test("a result of the session is the clip to edit, by its URL: nothing is uploaded", async () => {
    const { press, choose, generate, advance, engine, uploads, ledger, close } = await openScreen();
    await generate("a heron takes off");
    await advance(120_000);
    await choose("Kling O1 Edit");
    await press("Clip to edit: choose from earlier");
    await press("a heron takes off");
    expect(screen.queryByRole("header", { name: "Choose from earlier" })).toBeNull();
    expect(screen.getByLabelText("Remove clip to edit")).toBeOnTheScreen();
    await generate("at night");
    await advance(300_000);
    expect(engine.list()[0]).toMatchObject({
      status: "completed",
      request: { mode: "video-to-video-edit", klingO1Video: "https://videos.test/job-1.mp4" },
    });
    expect(uploads.sent).toBe(0);
    ledger.assertBalanced();
    await close();
  });

  test("the first frame of a result is a picture", async () => {
    const { press, generate, advance, outside, engine, ledger, close } = await openScreen();
    await generate("a heron takes off");
    await advance(120_000);
    await outside(() => {
      for (const row of ledger.books.rows) row.previewImage = "https://videos.test/first-frame.jpg";
      void engine.sessions.rows("session-1").refresh();
    });
    await press("Image: choose from earlier");
    await press("First frame of a heron takes off");
    await generate("it lands");
    expect(engine.list()[0]?.request).toMatchObject({ attachmentImageUrl: "https://videos.test/first-frame.jpg" });
    await close();
  });

  test("an upload is there again after the app was closed, and is not sent again", async () => {
    const before = await openScreen();
    before.device.pickNext(picture);
    await before.press("Add image (optional)");
    await before.advance(1_000);
    await before.close();

    const { press, generate, engine, uploads, close } = await openScreen({}, before);
    // The draft is as it was left, with its picture.
    await press("Remove image");
    await press("Image: choose from earlier");
    await press("harbour.png");
    await generate("boats leave");
    expect(engine.list()[0]?.request).toMatchObject({ attachmentImageUrl: "https://uploads.test/1" });
    expect(uploads.sent).toBe(1);
    await close();
  });

  test.each(["{", '"text"', '[1, null, { "url": "http://a.test/x.png", "name": "x", "kind": "image" }]'])(
    "a storage that holds %s is as good as empty",
    async (stored) => {
      await AsyncStorage.setItem(KEY, stored);
      const { close } = await openScreen();
      expect(screen.queryByLabelText(/choose from earlier/)).toBeNull();
      await close();
    },
  );

  test("what is uploaded before the storage has answered is kept beside what it holds", async () => {
    const old = { url: "https://uploads.test/old", name: "old.png", kind: "image" } as const;
    const fresh = { url: "https://uploads.test/new", name: "new.png", kind: "image" } as const;
    await AsyncStorage.setItem(KEY, JSON.stringify([old]));
    const uploads = rememberUploads(AsyncStorage, USER);
    const settled = new Promise<void>(
      (resolve) => void uploads.subscribe(() => uploads.list().length === 2 && resolve()),
    );
    uploads.add(fresh);
    await settled;
    expect(uploads.list()).toEqual([fresh, old]);
  });
});
