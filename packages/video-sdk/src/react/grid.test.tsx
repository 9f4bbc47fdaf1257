// @vitest-environment happy-dom
// A grid and a form in a DOM, as an app has them: one list, no tearing, the server's markup taken over.
import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { startTransition, useLayoutEffect, useState, type ReactElement } from "react";
import { hydrateRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { createReactWorld, providerOf, type ReactWorld } from "./__fixtures__/react-world.ts";
import { useGenerations } from "./use-generation.ts";
import { useVideoGeneration } from "./use-video-generation.ts";
import { useVideoSessions, useVideoTiles } from "./use-video-sessions.ts";
import { useVideoSettings } from "./use-video-settings.ts";
import { VideoEngineProvider } from "./video-engine-context.ts";

afterEach(cleanup);

function Form(): ReactElement {
  const { status, error, settings, generate } = useVideoGeneration();
  return (
    <form>
      <output>{error ?? status}</output>
      <span>{settings.model}</span>
      <button type="button" onClick={() => void generate({ prompt: "a corgi surfing" })}>
        Generate
      </button>
    </form>
  );
}

function Grid(): ReactElement {
  return (
    <ul>
      {useVideoTiles().map(({ key, status, prompt, error }) => (
        <li key={key}>{`${prompt}: ${error ?? status}`}</li>
      ))}
    </ul>
  );
}

function Sidebar(): ReactElement {
  const { sessions, currentId, isLoading } = useVideoSessions();
  const { isLoaded } = useVideoSettings();
  return (
    <nav>
      {isLoading
        ? "Loading"
        : sessions.map(({ id, title }) => <p key={id}>{id === currentId ? `> ${title}` : title}</p>)}
      {isLoaded ? "" : "Settings are loading"}
    </nav>
  );
}

const Page = (): ReactElement => (
  <>
    <Form />
    <Grid />
    <Sidebar />
  </>
);

const tiles = (): (string | null)[] => screen.queryAllByRole("listitem").map((tile) => tile.textContent);

function open(world: ReactWorld) {
  return render(<Page />, { wrapper: providerOf(world) });
}

describe("a page", () => {
  test("shows the tile at the tap, the row in its place, and the video, in one and the same element", async () => {
    const world = createReactWorld();
    open(world);
    expect(screen.getByRole("status").textContent).toBe("idle");
    fireEvent.click(screen.getByRole("button"));
    expect(tiles()).toEqual(["a corgi surfing: loading"]);
    const tile = screen.getByRole("listitem");
    await world.tap(world.pushBooks);
    expect(tiles()).toEqual(["a corgi surfing: loading"]);
    await world.pass(5 * 60_000);
    expect([tiles(), screen.getByRole("status").textContent]).toEqual([["a corgi surfing: completed"], "completed"]);
    await world.tap(world.pushBooks);
    expect(tiles()).toEqual(["a corgi surfing: completed"]);
    expect(screen.getByRole("listitem")).toBe(tile);
    expect(within(screen.getByRole("navigation")).getByText("> a corgi surfing")).toBeTruthy();
    world.ledger.assertBalanced();
  });

  test("shows the sentence of a failure in the form and in the grid", async () => {
    const world = createReactWorld({ credits: 10 });
    open(world);
    fireEvent.click(screen.getByRole("button"));
    await world.pass(60_000);
    expect(screen.getByRole("status").textContent).toBe("There are not enough credits for this video.");
    expect(tiles()).toEqual(["a corgi surfing: There are not enough credits for this video."]);
  });

  test("taps in a burst are as many tiles, each with its own books", async () => {
    const world = createReactWorld({ credits: 10_000, slots: 3 });
    open(world);
    await world.tap(() => world.engine.sessions.create());
    for (const _ of [1, 2, 3]) fireEvent.click(screen.getByRole("button"));
    expect(tiles()).toHaveLength(3);
    await world.pass(10 * 60_000);
    await world.tap(world.pushBooks);
    expect(tiles()).toEqual(Array.from({ length: 3 }, () => "a corgi surfing: completed"));
    world.ledger.assertBalanced();
  });

  test("leaves nothing behind, and what ran is there again when it comes back", async () => {
    const world = createReactWorld();
    const first = open(world);
    fireEvent.click(screen.getByRole("button"));
    await world.pass(5_000);
    first.unmount();
    expect(world.followed()).toBe(0);
    open(world);
    expect([tiles(), screen.getByRole("status").textContent]).toEqual([["a corgi surfing: loading"], "idle"]);
    await world.pass(5 * 60_000);
    expect(tiles()).toEqual(["a corgi surfing: completed"]);
    world.ledger.assertBalanced();
  });

  test("another engine, as after a sign-in, shows nothing of the first", async () => {
    const [first, second] = [createReactWorld(), createReactWorld()];
    const Switch = (): ReactElement => {
      const [{ engine }, setWorld] = useState(first);
      return (
        <VideoEngineProvider engine={engine}>
          <Page />
          <a onClick={() => setWorld(second)}>Sign in as somebody else</a>
        </VideoEngineProvider>
      );
    };
    render(<Switch />);
    fireEvent.click(screen.getByRole("button"));
    expect(tiles()).toHaveLength(1);
    await first.pass(1_000);
    fireEvent.click(screen.getByText("Sign in as somebody else"));
    expect([tiles(), screen.getByRole("status").textContent]).toEqual([[], "idle"]);
    expect(first.followed()).toBe(0);
  });
});

describe("tearing", () => {
  test("a change in the middle of a render is never shown by half", async () => {
    const world = createReactWorld();
    const commits: number[][] = [];
    const counts = (): number[] => screen.getAllByRole("meter").map(({ textContent }) => Number(textContent));
    const Count = ({ add }: { readonly add: boolean }): ReactElement => {
      const count = useGenerations().length;
      // Behind React's back, and between two components of one render.
      if (add && count === 0) world.engine.generate({ model: "vid-veo-3.1", prompt: "in between" });
      useLayoutEffect(() => void commits.push(counts()));
      return <b role="meter">{count}</b>;
    };
    const Pair = (): ReactElement => {
      const [isOpen, setOpen] = useState(false);
      return (
        <>
          <i onClick={() => startTransition(() => setOpen(true))}>Open</i>
          {isOpen && [<Count key={1} add />, <Count key={2} add={false} />]}
        </>
      );
    };
    render(<Pair />, { wrapper: providerOf(world, { isStrict: false }) });
    await world.tap(() => fireEvent.click(screen.getByText("Open")));
    expect(commits.length).toBeGreaterThan(0);
    for (const [first, second] of commits) expect(first).toBe(second);
    expect(counts()).toEqual([1, 1]);
  });

  test("reading twice gives the same object, of every store that a hook reads", async () => {
    const world = createReactWorld();
    await world.tap(() => world.engine.generate({ model: "vid-veo-3.1", prompt: "a corgi" }));
    const { list, get, settings, sessions } = world.engine;
    const tilesOf = sessions.tiles("session-1");
    for (const read of [
      list,
      settings.getSnapshot,
      sessions.getSnapshot,
      tilesOf.getSnapshot,
      sessions.tiles().getSnapshot,
      () => get("generation-1")?.getSnapshot(),
      () => sessions.tiles("session-1"),
      () => sessions.rows("session-1"),
    ]) {
      expect(read()).toBe(read());
    }
  });
});

describe("on a server", () => {
  const markup = (world: ReactWorld): string => {
    const Provider = providerOf(world);
    return renderToString(
      <Provider>
        <Page />
      </Provider>,
    );
  };

  test("it renders what an engine begins with, and follows nothing", () => {
    const world = createReactWorld();
    expect(markup(world)).toContain("<output>idle</output><span>vid-veo-3.1</span>");
    expect(markup(world)).toContain("<nav>Loading<!-- -->Settings are loading</nav>");
    expect([world.followed(), world.clock.pending]).toEqual([0, 0]);
  });

  test("the browser takes the markup over, though resume() has brought something meanwhile", async () => {
    const container = document.createElement("div");
    container.innerHTML = markup(createReactWorld());
    const world = createReactWorld();
    const complaints = vi.spyOn(console, "error").mockReturnValue();
    const onRecoverableError = vi.fn();
    await world.tap(() => world.engine.generate({ model: "vid-veo-3.1", prompt: "resumed" }));
    const Provider = providerOf(world);
    const root = await act(async () =>
      hydrateRoot(
        container,
        <Provider>
          <Page />
        </Provider>,
        { onRecoverableError },
      ),
    );
    onTestFinished(() => {
      complaints.mockRestore();
      act(() => root.unmount());
    });
    expect(container.querySelector("li")?.textContent).toBe("resumed: loading");
    expect([onRecoverableError.mock.calls, complaints.mock.calls]).toEqual([[], []]);
  });
});
