// @vitest-environment happy-dom
// A page that a server has rendered, taken over in parts: what hydrates late finds what the server rendered, whatever the stores hold by then.
import { act } from "@testing-library/react";
import { lazy, Suspense, type ReactElement, type ReactNode } from "react";
import { hydrateRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { Attachment } from "../attachments/attachment.ts";
import type { KeyValueStorage } from "../platform-ports.ts";
import { createReactWorld, providerOf, type ReactWorld } from "./__fixtures__/react-world.ts";
import { useAttachment } from "./use-attachment.ts";
import { useGeneration, useGenerations } from "./use-generation.ts";
import { useVideoGeneration } from "./use-video-generation.ts";
import { useVideoSessions, useVideoTiles } from "./use-video-sessions.ts";
import { useVideoChoices, useVideoSettings } from "./use-video-settings.ts";

/** What the hooks must show on a server, as a text. Everything that they return is in it, but for functions. */
const HOOKS: Readonly<Record<string, (attachment: Attachment) => unknown>> = {
  useVideoSettings,
  useVideoGeneration,
  useVideoSessions,
  useGenerations,
  useVideoChoices: () => useVideoChoices(),
  useVideoTiles: () => useVideoTiles(),
  "useVideoTiles of a session": () => useVideoTiles("session-1"),
  useGeneration: () => useGeneration("generation-1"),
  "useGeneration with a selector": () => useGeneration("generation-1", (snapshot) => snapshot?.phase ?? "none"),
  useAttachment,
};

const STORED = JSON.stringify({ v: 1, model: "pixverse-v5", models: { "pixverse-v5": { duration: 8 } } });
const storageOfUser: KeyValueStorage = { getItem: () => STORED, setItem: () => undefined, removeItem: () => undefined };

const Through = ({ children }: { readonly children: ReactNode }): ReactElement => <>{children}</>;

/** A page whose shell and whose late part show the same hook. */
function pageOf(hook: (attachment: Attachment) => unknown, attachment: Attachment, ready: Promise<void> | undefined) {
  const Shown = (): ReactElement => <p>{JSON.stringify(hook(attachment)) ?? "nothing"}</p>;
  const Late = ready === undefined ? Through : lazy(() => ready.then(() => ({ default: Through })));
  return (
    <main>
      <Shown />
      <Suspense fallback="waiting">
        <Late>
          <Shown />
        </Late>
      </Suspense>
    </main>
  );
}

function htmlOf(world: ReactWorld, page: ReactElement): string {
  const Provider = providerOf(world);
  return renderToString(<Provider>{page}</Provider>);
}

const pictureOf = (world: ReactWorld): Attachment => world.engine.attach("https://cdn.example/cat.png");

describe("a boundary that hydrates after the shell has shown what is stored", () => {
  test.each(Object.entries(HOOKS))("finds the markup of the server: %s", async (_, hook) => {
    const server = createReactWorld();
    const container = document.createElement("div");
    container.innerHTML = htmlOf(server, pageOf(hook, pictureOf(server), undefined));
    const world = createReactWorld({ settings: { storage: storageOfUser } });
    let goOn = (): void => undefined;
    const ready = new Promise<void>((resolve) => (goOn = resolve));
    const Provider = providerOf(world);
    const complaints = vi.spyOn(console, "error").mockReturnValue();
    const onRecoverableError = vi.fn();
    const page = <Provider>{pageOf(hook, pictureOf(world), ready)}</Provider>;
    const root = await act(async () => hydrateRoot(container, page, { onRecoverableError }));
    onTestFinished(() => {
      complaints.mockRestore();
      act(() => root.unmount());
    });

    await world.tap(() => world.engine.generate({ model: "vid-veo-3.1", prompt: "resumed" }));
    await world.tap(() => world.engine.settings.load());
    await world.tap(() => world.engine.sessions.refresh());
    await act(async () => {
      goOn();
      await ready;
    });

    expect([onRecoverableError.mock.calls, complaints.mock.calls]).toEqual([[], []]);
    const [shell, late] = [...container.querySelectorAll("p")].map(({ textContent }) => textContent);
    expect(late).toBe(shell);
    expect(world.engine.settings.getSnapshot()).toMatchObject({ isLoaded: true, model: "pixverse-v5" });
  });

  test("is given what a server renders that has no storage, also whether it is loaded", () => {
    const [server, page] = [createReactWorld(), createReactWorld({ settings: { storage: storageOfUser } })];
    for (const name of ["settings", "sessions"] as const) {
      const read = page.engine[name].getInitialSnapshot;
      expect(read()).toEqual(server.engine[name].getInitialSnapshot());
      expect(read()).toBe(read());
    }
  });
});
