// @vitest-environment happy-dom
// A provider that makes the engine of a user: one that is alive as long as anything below may use it, and disposed of afterwards.
import { act, cleanup, render, screen } from "@testing-library/react";
import * as React from "react";
import { StrictMode, useEffect, type ReactElement, type ReactNode } from "react";
import { renderToString } from "react-dom/server";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { VideoEngine } from "../compose-engine.ts";
import { isVideoError } from "../errors.ts";
import { createTestEngine } from "../testing/create-test-engine.ts";
import { useVideoGeneration } from "./use-video-generation.ts";
import { useVideoEngine, VideoEngineProvider } from "./video-engine-context.ts";

afterEach(cleanup);

/** Before 19.2 React has no `Activity`, and the tree just stays. */
const Hideable: (props: { mode: "visible" | "hidden"; children: ReactNode }) => ReactNode =
  "Activity" in React ? (props) => <React.Activity {...props} /> : ({ children }) => children;

function world() {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  const made: { readonly user: string; readonly engine: VideoEngine; readonly clock: { readonly pending: number } }[] =
    [];
  const create = vi.fn((user: string) => {
    const { engine, clock } = createTestEngine();
    made.push({ user, engine, clock });
    return engine;
  });
  /** The users of the engines that are not disposed of and that a component has used. */
  const alive = (): readonly string[] =>
    made.filter(({ engine }) => used.has(engine) && isAlive(engine)).map(({ user }) => user);
  const used = new Set<VideoEngine>();
  const Screen = (): ReactElement => {
    const engine = useVideoEngine();
    const { status } = useVideoGeneration();
    useEffect(() => {
      used.add(engine);
      // Throws where the engine is disposed of.
      engine.generate({ model: "vid-veo-3.1", prompt: "" });
    }, [engine]);
    return <output>{status}</output>;
  };
  return { create, made, alive, Screen };
}

function isAlive(engine: VideoEngine): boolean {
  try {
    engine.generate({ model: "vid-veo-3.1", prompt: "" });
    return true;
  } catch (error) {
    if (isVideoError(error) && error.code === "disposed") return false;
    throw error;
  }
}

describe("an engine of the provider's own", () => {
  test.each([{ isStrict: true }, { isStrict: false }])(
    "lives while it is mounted, and no longer (%o)",
    async ({ isStrict }) => {
      const { create, alive, Screen } = world();
      const page = (
        <VideoEngineProvider create={create} user="a">
          <Screen />
        </VideoEngineProvider>
      );
      const { unmount } = render(isStrict ? <StrictMode>{page}</StrictMode> : page);
      await act(async () => undefined);
      expect([screen.getByRole("status").textContent, alive()]).toEqual(["idle", ["a"]]);
      unmount();
      await act(async () => undefined);
      expect(alive()).toEqual([]);
    },
  );

  test("is another one for another user, at once, and the first is disposed of", async () => {
    const { create, alive, Screen } = world();
    const page = (user: string): ReactElement => (
      <StrictMode>
        <VideoEngineProvider create={create} user={user}>
          <Screen />
        </VideoEngineProvider>
      </StrictMode>
    );
    const { rerender } = render(page("a"));
    rerender(page("b"));
    await act(async () => undefined);
    expect(alive()).toEqual(["b"]);
    rerender(page("a"));
    await act(async () => undefined);
    expect(alive()).toEqual(["a"]);
  });

  test("stays the same while only the function changes", async () => {
    const { create, made, Screen } = world();
    const page = (): ReactElement => (
      <VideoEngineProvider create={(user) => create(user)} user="a">
        <Screen />
      </VideoEngineProvider>
    );
    const { rerender } = render(page());
    rerender(page());
    await act(async () => undefined);
    expect(made).toHaveLength(1);
  });

  test("goes on while React hides the tree, and is used again when it is shown", async () => {
    const { create, alive, Screen } = world();
    const page = (mode: "visible" | "hidden"): ReactElement => (
      <StrictMode>
        <Hideable mode={mode}>
          <VideoEngineProvider create={create} user="a">
            <Screen />
          </VideoEngineProvider>
        </Hideable>
      </StrictMode>
    );
    const { rerender, unmount } = render(page("visible"));
    for (const mode of ["hidden", "visible", "hidden"] as const) {
      rerender(page(mode));
      await act(async () => undefined);
      expect(alive()).toEqual(["a"]);
    }
    unmount();
    await act(async () => undefined);
    expect(alive()).toEqual([]);
  });

  test("is made on a server too, which leaves nothing running", () => {
    const { create, made, Screen } = world();
    const html = renderToString(
      <VideoEngineProvider create={create} user="a">
        <Screen />
      </VideoEngineProvider>,
    );
    expect(html).toBe("<output>idle</output>");
    expect(made.map(({ clock }) => clock.pending)).toEqual([0]);
  });
});
