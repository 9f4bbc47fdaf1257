// The draft after the app was killed: the prompt, the files that were uploaded by then, the model and its settings.
import AsyncStorage from "@react-native-async-storage/async-storage";
import { fireEvent, screen } from "@testing-library/react-native";
import { rememberDraft } from "../src/draft/remembered-draft.ts";
import { openScreen } from "./open-screen.tsx";
import { USER } from "./open-world.ts";

const picture = { uri: "file:///harbour.png", mimeType: "image/png", fileName: "harbour.png", fileSize: 2_048 };
const KEY = `draft:${USER}`;
const HARBOUR = { prompt: "boats", files: [{ place: "image", url: "https://uploads.test/1" }] } as const;

const prompt = (): unknown => screen.getByLabelText("Describe the video").props["value"];
const type = (text: string): Promise<void> => fireEvent.changeText(screen.getByLabelText("Describe the video"), text);

describe("a killed app", () => {
  test("finds prompt, picture, model and settings again; the picture is not sent once more", async () => {
    const before = await openScreen();
    await before.choose("Seedance Pro");
    await before.press(/^Settings:/);
    await before.press("Length: 12 s");
    before.device.pickNext(picture);
    await before.press("Add image (optional)");
    await type("boats leave");
    await before.advance(1_000);
    await before.close();

    const { press, engine, uploads, close } = await openScreen({}, before);
    expect(prompt()).toBe("boats leave");
    expect(screen.getByLabelText("Image: Uploaded")).toBeOnTheScreen();
    expect(screen.getByLabelText("Model: Seedance Pro")).toBeOnTheScreen();
    await press("Generate");
    expect(engine.list()[0]?.request).toMatchObject({
      model: "vid-seedance-pro",
      prompt: "boats leave",
      duration: 12,
      attachmentImageUrl: "https://uploads.test/1",
    });
    expect(uploads.sent).toBe(1);
    await close();
  });

  test("finds no file whose upload it has cut, and sends nothing by itself", async () => {
    const before = await openScreen();
    before.device.pickNext(picture);
    await before.press("Add image (optional)");
    await type("boats leave");
    await before.close();

    const { engine, close } = await openScreen({}, before);
    expect(prompt()).toBe("boats leave");
    expect(screen.getByLabelText("Add image (optional)")).toBeOnTheScreen();
    expect(engine.list()).toEqual([]);
    await close();
  });

  test("finds no prompt that was sent, and the picture that stays for the next one", async () => {
    const before = await openScreen();
    before.device.pickNext(picture);
    await before.press("Add image (optional)");
    await before.advance(1_000);
    await before.generate("boats leave");
    await before.close();

    const { close } = await openScreen({}, before);
    expect(prompt()).toBe("");
    expect(screen.getByLabelText("Image: Uploaded")).toBeOnTheScreen();
    await close();
  });

  test("finds nothing that was taken away", async () => {
    await AsyncStorage.setItem(KEY, JSON.stringify(HARBOUR));
    const before = await openScreen();
    await before.press("Remove image");
    await type("");
    await before.close();

    const { close } = await openScreen({}, before);
    expect(prompt()).toBe("");
    expect(screen.queryByLabelText("Remove image")).toBeNull();
    await close();
  });
});

describe("the storage", () => {
  test.each([
    "{",
    "null",
    '"text"',
    '{ "prompt": 1, "files": {} }',
    '{ "files": [1, { "place": "nowhere", "url": "https://a.test/x.png" }, { "place": "image", "url": "file:///gone" }] }',
  ])("that holds %s is as good as empty", async (stored) => {
    await AsyncStorage.setItem(KEY, stored);
    const { close } = await openScreen();
    expect(prompt()).toBe("");
    expect(screen.getByLabelText("Add image (optional)")).toBeOnTheScreen();
    await close();
  });

  test("that answers late overwrites nothing that was typed, and brings the picture", async () => {
    await AsyncStorage.setItem(KEY, JSON.stringify(HARBOUR));
    let answer = (): void => undefined;
    const stored = await AsyncStorage.getItem(KEY);
    const late = new Promise<string | null>((resolve) => (answer = () => resolve(stored)));
    jest.mocked(AsyncStorage.getItem).mockImplementationOnce(() => late); // the uploads
    jest.mocked(AsyncStorage.getItem).mockImplementationOnce(() => late);
    const { outside, close } = await openScreen();
    await type("a heron");
    await outside(answer);
    expect(prompt()).toBe("a heron");
    expect(screen.getByLabelText("Image: Uploaded")).toBeOnTheScreen();
    await close();
  });

  test("has the last draft in the end, whichever write is slow, and none that was overtaken", async () => {
    const written: string[] = [];
    const ends: (() => void)[] = [];
    const draft = rememberDraft(
      {
        getItem: () => null,
        setItem: (_key, text) => {
          written.push(text);
          return new Promise<void>((resolve) => ends.push(resolve));
        },
      },
      USER,
    );
    const turn = async (): Promise<void> => {
      for (let turns = 0; turns < 10; turns += 1) await Promise.resolve();
    };
    draft.write({ prompt: "a", files: [] });
    await turn();
    draft.write({ prompt: "ab", files: [] });
    draft.write({ prompt: "abc", files: [] });
    await turn();
    ends[0]?.();
    await turn();
    expect(written.map((text) => JSON.parse(text).prompt)).toEqual(["a", "abc"]);
    expect(await draft.read()).toEqual({ prompt: "abc", files: [] });
  });

  test("that is full or broken costs the memory, and nothing else", async () => {
    const broken = {
      getItem: () => Promise.reject(new Error("broken")),
      setItem: () => Promise.reject(new Error("full")),
    };
    const draft = rememberDraft(broken, USER);
    draft.write(HARBOUR);
    expect(await draft.read()).toEqual(HARBOUR);
    expect(await rememberDraft(broken, USER).read()).toEqual({ prompt: "", files: [] });
  });
});
