// @vitest-environment happy-dom
// The panel over a whole engine: what a developer reads and presses in each of its parts.
import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, test } from "vitest";
import { createMemoryStorage } from "../platform/memory-storage.ts";
import { createTestEngine, type TestEngine } from "../testing/create-test-engine.ts";
import { createDevtoolsLog } from "./devtools-log.ts";
import { VideoDevtoolsPanel, type VideoDevtoolsPanelProps } from "./video-devtools-panel.tsx";
import { videoDevtoolsPlugin } from "./video-devtools-plugin.tsx";

afterEach(cleanup);

const REQUEST = { model: "vid-seedance-pro", prompt: "a corgi surfing" } as const;

type Props = Omit<VideoDevtoolsPanelProps, "engine" | "log">;

function show(world: TestEngine, props: Props = {}) {
  const log = createDevtoolsLog({ clock: world.clock });
  const { unmount } = render(<VideoDevtoolsPanel engine={world.engine} log={log} {...props} />);
  return {
    log,
    unmount,
    press: (name: string) => act(() => void fireEvent.click(screen.getByRole("button", { name }))),
    /** Lets time pass, and tells the log what has happened. */
    async pass(ms: number) {
      await act(async () => {
        await world.clock.advance(ms);
        for (const event of world.events.slice(log.getSnapshot().length)) log.record(event);
      });
    },
  };
}

describe("generations", () => {
  test("each with its phase, its credits, and how long its phases took", async () => {
    const world = createTestEngine();
    const { pass } = show(world);
    expect(screen.getByText("No generations yet.")).toBeTruthy();
    act(() => void world.engine.generate(REQUEST));
    await pass(10_000);
    expect(screen.getByText(/\d\d credits held/)).toBeTruthy();
    const phases = (): readonly string[] =>
      within(screen.getAllByRole("list")[1] ?? document.body)
        .getAllByRole("listitem")
        .map(({ textContent }) => textContent ?? "");
    expect(phases().at(-1)).toMatch(/^pollingsince \d\d:\d\d:\d\d/);
    await pass(600_000);
    expect(screen.getByText(/\d\d credits captured/)).toBeTruthy();
    expect(phases()[0]).toMatch(/^started/);
    expect(phases().find((text) => text.startsWith("polling"))).toMatch(/polling1 min \d\d s/);
  });

  test("one that runs can be canceled", async () => {
    const world = createTestEngine();
    const { pass, press } = show(world);
    act(() => void world.engine.generate(REQUEST));
    await pass(10_000);
    act(() => void fireEvent.click(screen.getByText(/vid-seedance-pro/)));
    press("Cancel");
    await pass(60_000);
    expect(world.engine.list()[0]?.status).toBe("canceled");
    expect(screen.queryByRole("button", { name: "Cancel" })).toBeNull();
  });

  test("one that was refused says why", () => {
    const world = createTestEngine();
    show(world);
    act(() => void world.engine.generate({ ...REQUEST, prompt: "" }));
    expect(screen.getByText(/"code":"invalid-request"/)).toBeTruthy();
  });
});

test("what holds credits, and the calls that settle what is left", async () => {
  const world = createTestEngine();
  const { pass, press } = show(world);
  press("Held");
  expect(screen.getByText("Nothing holds credits.")).toBeTruthy();
  act(() => void world.engine.generate(REQUEST));
  await pass(10_000);
  expect(screen.getByText(`${world.engine.list()[0]?.credits} credits are held, or may be.`)).toBeTruthy();
  press("Resume");
  await pass(0);
  expect(screen.getByRole("status").textContent).toMatch(/^\d+ resumed$/);
});

test("the journal shows the engine's records and no others; a storage that fails says so", async () => {
  const items = new Map([
    ["video-engine:1:user:generation-1", '{"a":1}'],
    ["theirs", "secret"],
  ]);
  const keys = (): Promise<readonly string[]> => Promise.resolve([...items.keys()]);
  const storage = { ...createMemoryStorage(), getItem: (key: string) => items.get(key) ?? null, keys };
  const world = createTestEngine();
  const first = show(world, { storage });
  first.press("Journal");
  await first.pass(0);
  expect(screen.getByText("1:user:generation-1")).toBeTruthy();
  expect(screen.queryByText(/secret/)).toBeNull();
  first.unmount();
  const second = show(world, { storage: { ...storage, keys: () => Promise.reject(new Error("the disk is gone")) } });
  second.press("Journal");
  await second.pass(0);
  expect(screen.getByText("the disk is gone")).toBeTruthy();
});

test("the events, newest first, until they are cleared", async () => {
  const world = createTestEngine();
  const { log, pass, press } = show(world);
  act(() => void world.engine.generate(REQUEST));
  await pass(10_000);
  press("Events");
  expect(screen.getAllByRole("listitem")).toHaveLength(log.getSnapshot().length);
  expect(screen.getAllByRole("listitem")[0]?.textContent).toContain(log.getSnapshot()[0]?.event.type);
  press("Clear");
  expect(screen.getByText("No events yet.")).toBeTruthy();
});

describe("scenarios", () => {
  test("cost nothing by accident: without `sandbox` there is no button", () => {
    const { press } = show(createTestEngine());
    press("Scenarios");
    expect(screen.queryByRole("button", { name: "completes" })).toBeNull();
  });

  test("start a generation whose prompt names them", () => {
    const world = createTestEngine();
    const { press } = show(world, { sandbox: true });
    press("Scenarios");
    press("runner-error");
    expect(world.engine.list()[0]?.prompt).toContain("[scenario:runner-error]");
  });

  test("of an engine that has ended say so", () => {
    const world = createTestEngine();
    const { press } = show(world, { sandbox: { scenarios: ["mine"] } });
    press("Scenarios");
    world.engine.dispose();
    press("mine");
    expect(screen.getByRole("status").textContent).toContain("disposed");
  });
});

test("the plugin of TanStack Devtools shows it in the host's theme", () => {
  const { engine } = createTestEngine();
  const { render: draw, ...plugin } = videoDevtoolsPlugin({ engine });
  expect(plugin).toEqual({ id: "video-engine", name: "Video engine" });
  render(draw(document.body, { theme: "dark" }));
  expect(screen.getByRole("region", { name: "Video engine" }).dataset["theme"]).toBe("dark");
});

test("the log keeps the newest, with the time that an event brings or the clock's", () => {
  const log = createDevtoolsLog({ limit: 2, clock: { now: () => 7 } });
  let calls = 0;
  const stop = log.subscribe(() => (calls += 1));
  for (const call of ["a", "b", "c"]) log.record({ type: "fields-refused", call, fields: [] });
  stop();
  log.clear();
  expect(calls).toBe(3);
  expect(log.getSnapshot()).toEqual([]);
  log.record({ type: "fields-refused", call: "d", fields: [] });
  expect(log.getSnapshot()).toMatchObject([{ number: 4, at: 7, event: { call: "d" } }]);
});
