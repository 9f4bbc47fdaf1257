// Sessions: the folders of the grid.
import { screen } from "@testing-library/react-native";
import { openScreen } from "./open-screen.tsx";

describe("sessions", () => {
  test("the first generation makes one by its prompt; a new one begins empty; the old one has its videos", async () => {
    const { generate, advance, press, close } = await openScreen();
    await generate("a corgi surfing");
    await advance(120_000);
    await press("Sessions");
    await press("New session");
    expect(screen.getByText("What will you film today?")).toBeOnTheScreen();
    await press("Sessions");
    await press("a corgi surfing");
    expect(screen.getByLabelText("Play: a corgi surfing")).toBeOnTheScreen();
    await close();
  });
});
