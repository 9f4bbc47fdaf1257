// The real screen on the real engine, and what a person does on it.
import AsyncStorage from "@react-native-async-storage/async-storage";
import { act, fireEvent, render, screen, userEvent, within } from "@testing-library/react-native";
import { useGenerations, VideoEngineProvider } from "@video-engine/video-sdk/react";
import type { TestEngine, TestEngineOptions } from "@video-engine/video-sdk/testing";
import { StrictMode, type ReactElement } from "react";
import { rememberUploads, UploadsContext } from "@video-engine/example-web-grid/remembered-uploads";
import { DraftContext, rememberDraft } from "../src/draft/remembered-draft.ts";
import { VideosScreen } from "../src/screen/videos-screen.tsx";
import { createDevice, type Device } from "./device.ts";
import { openWorld, reopenWorld, USER } from "./open-world.ts";

/** An open screen, with everything around it in reach. */
export interface OpenScreen extends TestEngine {
  readonly device: Device;
  press(name: string | RegExp): Promise<void>;
  /** Types a prompt and presses Generate. */
  generate(prompt: string): Promise<void>;
  /** Searches the picker for a model, and chooses the one of this label. */
  choose(model: string): Promise<void>;
  /** Lets time pass, for the engine and for the screen. */
  advance(ms: number): Promise<void>;
  /** Lets time pass until this holds. */
  until(condition: () => boolean): Promise<void>;
  /** Something that happens outside the screen. */
  outside(happen: () => void): Promise<void>;
  close(): Promise<void>;
}

/** Opens the screen, as at the start of the app. `before` is the screen that was open when the app was closed. */
export async function openScreen(options: TestEngineOptions = {}, before?: OpenScreen): Promise<OpenScreen> {
  const device = createDevice();
  const uploads = rememberUploads(AsyncStorage, USER);
  const draft = rememberDraft(AsyncStorage, USER);
  const world = before === undefined ? openWorld(options) : reopenWorld(before);
  const { engine, clock, ledger } = world;
  jest.useFakeTimers({ now: clock.now() });
  const user = userEvent.setup();
  const flush = (): Promise<void> => act(() => clock.flush());
  const press: OpenScreen["press"] = async (name) => {
    await user.press(screen.getByLabelText(name));
    await flush();
  };
  const view = await render(
    <StrictMode>
      <VideoEngineProvider engine={engine}>
        <UploadsContext value={uploads}>
          <DraftContext value={draft}>
            <Screen books={ledger.books} />
          </DraftContext>
        </UploadsContext>
      </VideoEngineProvider>
    </StrictMode>,
  );
  await flush();
  return {
    ...world,
    device,
    press,
    async generate(prompt) {
      await fireEvent.changeText(screen.getByLabelText("Describe the video"), prompt);
      await press("Generate");
    },
    async choose(model) {
      await press(/^Model:/);
      await fireEvent.changeText(screen.getByLabelText("Search models"), model);
      await press(new RegExp(`^${model}, `));
    },
    until: (condition) => act(() => clock.advanceUntil(condition)),
    async advance(ms) {
      await act(() => clock.advance(ms));
      // The screen's own second hand moves once, to the same time.
      jest.setSystemTime(clock.now() - 1_000);
      await act(() => jest.advanceTimersByTime(1_000));
    },
    async outside(happen) {
      await act(async () => {
        happen();
        await clock.flush();
      });
    },
    async close() {
      await view.unmount();
      engine.dispose();
    },
  };
}

/** The labels of the radio buttons of a setting, in order. */
export function optionsOf(setting: string): readonly string[] {
  const group = screen.queryByLabelText(setting);
  if (group === null) return [];
  return within(group)
    .getAllByRole("radio")
    .map(({ props }) => String(props["accessibilityLabel"]).slice(setting.length + 2));
}

/** The app has its credits from the backend, live; here they are read from the books at every change. */
function Screen({ books }: { readonly books: TestEngine["ledger"]["books"] }): ReactElement {
  useGenerations();
  return <VideosScreen credits={{ available: books.credits - books.reserved, reserved: books.reserved }} />;
}
