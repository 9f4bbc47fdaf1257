// The model, its controls, and what is remembered of them.
import AsyncStorage from "@react-native-async-storage/async-storage";
import { fireEvent, screen } from "@testing-library/react-native";
import { openScreen, optionsOf } from "./open-screen.tsx";

describe("the model picker", () => {
  test("finds by words, and shows makers and specs; nothing is called new for as long as it is sold", async () => {
    const { press, close } = await openScreen();
    await press(/^Model:/);
    expect(screen.getByLabelText(/^Veo 3.1, Google/)).toBeChecked();
    expect(screen.queryAllByText("New")).toEqual([]);
    await fireEvent.changeText(screen.getByLabelText("Search models"), "o1 transition");
    expect(screen.getAllByRole("radio")).toHaveLength(1);
    expect(screen.getByLabelText(/^Kling O1 Transition, Kling, .* 3-10 s/)).toBeOnTheScreen();
    await fireEvent.changeText(screen.getByLabelText("Search models"), "nothing like it");
    expect(screen.getByText("No model is called “nothing like it”.")).toBeOnTheScreen();
    await close();
  });
});

describe("per-model controls from choicesFor", () => {
  test("another model brings its own controls and values", async () => {
    const { press, choose, close } = await openScreen();
    await press(/^Settings:/);
    expect(optionsOf("Length")).toEqual(["4 s", "6 s", "8 s"]);
    expect(optionsOf("Quality")).toEqual(["720p", "1080p"]);
    expect(screen.getByRole("switch", { name: "Sound" })).toBeChecked();
    expect(screen.queryByRole("switch", { name: "Fixed camera" })).toBeNull();
    await choose("Seedance Pro");
    expect(optionsOf("Length")).toEqual(["5 s", "8 s", "12 s"]);
    expect(screen.queryByRole("switch", { name: "Sound" })).toBeNull();
    expect(screen.getByRole("switch", { name: "Fixed camera" })).not.toBeChecked();
    await choose("Ovi");
    expect(optionsOf("Length")).toEqual([]);
    expect(screen.getByRole("switch", { name: "Sound" })).toBeDisabled();
    await close();
  });

  test("the cost follows every control", async () => {
    const { press, close } = await openScreen();
    await press(/^Settings:/);
    expect(screen.getByText("461 credits")).toBeOnTheScreen();
    await press("Quality: 1080p");
    expect(screen.getByText("692 credits")).toBeOnTheScreen();
    await press("Length: 4 s");
    expect(screen.getByText("432 credits")).toBeOnTheScreen();
    await close();
  });
});

describe("settings", () => {
  test("survive a restart, per model", async () => {
    const first = await openScreen();
    await first.press(/^Settings:/);
    await first.press("Length: 4 s");
    await first.choose("Kling O1 Transition");
    await first.press("Length: 10 s");
    await first.close();

    const second = await openScreen();
    expect(screen.getByLabelText("Model: Kling O1 Transition")).toBeOnTheScreen();
    await second.press(/^Settings:/);
    expect(screen.getByLabelText("Length: 10 s")).toBeChecked();
    await second.choose("Veo 3.1");
    expect(screen.getByLabelText("Length: 4 s")).toBeChecked();
    await second.close();
  });

  test("come over from the six keys of the app before", async () => {
    await AsyncStorage.setItem("@video_gen_model_id", "vid-seedance-pro");
    await AsyncStorage.setItem("@video_gen_duration", "12");
    const { press, close } = await openScreen();
    expect(screen.getByLabelText("Model: Seedance Pro")).toBeOnTheScreen();
    await press(/^Settings:/);
    expect(screen.getByLabelText("Length: 12 s")).toBeChecked();
    await close();
  });
});
