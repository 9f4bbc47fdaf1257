// @vitest-environment happy-dom
// The SDK's sessions, tiles and hooks over Convex's real clients and the embedded backend.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { createVideoEngine, type VideoEngine, type VideoEngineOptions } from "@video-engine/video-sdk";
import {
  useVideoGeneration,
  useVideoSessions,
  useVideoTiles,
  VideoEngineProvider,
} from "@video-engine/video-sdk/react";
import { ConvexReactClient } from "convex/react";
import { StrictMode, type ReactElement } from "react";
import { describe, expect, onTestFinished, test } from "vitest";
import { api } from "../convex/_generated/api.js";
import { tokenFor } from "../server/index.ts";
import { openBackend, openConvexClient, openHttpClient, openReactClient } from "./support/backend.ts";

const VIDEO = "https://videos.test/1.mp4";

/** Routes that answer with the video at once, as soon as the test releases them. */
async function openRoutes() {
  let release: () => void = () => undefined;
  const open = new Promise<void>((resolve) => (release = resolve));
  const server = createServer((request, response) => {
    const headers = { "access-control-allow-origin": "*", "access-control-allow-headers": "*" };
    if (request.method === "OPTIONS") return void response.writeHead(204, headers).end();
    const answer = { success: true, videos: [{ url: VIDEO }], modelId: "vid-veo-3.1" };
    void open.then(() =>
      response.writeHead(200, { ...headers, "content-type": "application/json" }).end(JSON.stringify(answer)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // it listens on a port
  return { baseUrl: `http://127.0.0.1:${port}`, release: () => release() };
}

async function openWorld() {
  const backend = await openBackend();
  const http = await openHttpClient(backend, "alice", { credits: 1_000 });
  const routes = await openRoutes();
  const engineOver = (convex: VideoEngineOptions["convex"]): VideoEngine => {
    const engine = createVideoEngine({
      convex,
      functions: api,
      http: { baseUrl: routes.baseUrl, getToken: () => "token" },
      routes: { firstFrame: false },
    });
    onTestFinished(() => engine.dispose());
    return engine;
  };
  return { backend, http, routes, engineOver };
}

function Page(): ReactElement {
  const { generate, status } = useVideoGeneration();
  const { sessions, currentId, isLoading, error, create } = useVideoSessions();
  return (
    <>
      <button onClick={() => void generate({ prompt: "a corgi surfing" })}>{status}</button>
      <a onClick={() => void create({ title: "Cats" })}>New session</a>
      <nav>
        {error?.code ??
          (isLoading ? "loading" : sessions.map(({ id, title }) => (id === currentId ? `>${title}` : title)).join(" "))}
      </nav>
      <ul>
        {useVideoTiles().map(({ key, status: shown, rowId, videos }) => (
          <li key={key}>{`${shown} ${rowId === undefined ? "here" : "recorded"} ${videos.join(" ")}`.trim()}</li>
        ))}
      </ul>
    </>
  );
}

function open(engine: VideoEngine) {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  onTestFinished(cleanup);
  return render(
    <StrictMode>
      <VideoEngineProvider engine={engine}>
        <Page />
      </VideoEngineProvider>
    </StrictMode>,
  );
}

const sidebar = () => screen.getByRole("navigation").textContent;
const tiles = () => screen.queryAllByRole("listitem").map(({ textContent }) => textContent);

describe("a page on ConvexReactClient", () => {
  test("shows a generation at once, its row in the same place, and the video; another tab sees the row, too", async () => {
    const { backend, routes, engineOver } = await openWorld();
    open(engineOver(openReactClient(backend, "alice")));
    await waitFor(() => expect(sidebar()).toBe(""));
    fireEvent.click(screen.getByRole("button"));
    expect(tiles()).toEqual(["loading here"]);
    const tile = screen.getByRole("listitem");
    await waitFor(() => expect([tiles(), sidebar()]).toEqual([["loading recorded"], ">a corgi surfing"]));

    const { sessions } = engineOver(openConvexClient(backend, "alice"));
    onTestFinished(sessions.subscribe(() => undefined));
    await waitFor(() => expect(sessions.getSnapshot().currentId).toBeDefined());
    const otherTab = sessions.tiles(sessions.getSnapshot().currentId);
    onTestFinished(otherTab.subscribe(() => undefined));
    await waitFor(() => expect(otherTab.getSnapshot()).toMatchObject([{ status: "loading", generationId: undefined }]));

    routes.release();
    await waitFor(() => expect(tiles()).toEqual([`completed recorded ${VIDEO}`]));
    await waitFor(() => expect(otherTab.getSnapshot()).toMatchObject([{ status: "completed", videos: [VIDEO] }]));
    expect(screen.getByRole("listitem")).toBe(tile);
    await waitFor(() => expect(screen.getByRole("button").textContent).toBe("completed"));
  });

  test("follows sessions that another tab makes, and shows the one that it makes itself", async () => {
    const { backend, http, engineOver } = await openWorld();
    await http.mutation(api.sessions.createSession, { type: "video", title: "Corgis" });
    await http.mutation(api.sessions.createSession, { type: "image", title: "Pictures" });
    open(engineOver(openReactClient(backend, "alice")));
    await waitFor(() => expect(sidebar()).toBe(">Corgis"));
    await http.mutation(api.sessions.createSession, { type: "video", title: "Foxes", forceNew: true });
    await waitFor(() => expect(sidebar()).toBe(">Foxes Corgis"));
    fireEvent.click(screen.getByText("New session"));
    // An empty session is reused, under the new title.
    await waitFor(() => expect(sidebar()).toBe(">Cats Corgis"));
  });

  test("says that the user is not signed in, and goes on by itself after the sign-in", async () => {
    const { backend, engineOver } = await openWorld();
    const client = new ConvexReactClient(backend.url, { logger: false });
    onTestFinished(() => client.close());
    open(engineOver(client));
    await waitFor(() => expect(sidebar()).toBe("not-signed-in"));
    client.setAuth(() => Promise.resolve(tokenFor({ subject: "alice" })));
    await waitFor(() => expect(sidebar()).toBe(""));
  });

  test("leaves no query open when it goes, and survives a client that was closed before it", async () => {
    const { backend, engineOver } = await openWorld();
    const client = openReactClient(backend, "alice");
    const engine = engineOver(client);
    const page = open(engine);
    await waitFor(() => expect(sidebar()).toBe(""));
    const list = client.watchQuery(api.sessions.getUserSessions, {});
    expect(list.localQueryResult()).toEqual([]);
    page.unmount();
    await waitFor(() => expect(list.localQueryResult()).toBeUndefined());
    await client.close();
    open(engine);
    await waitFor(() => expect(sidebar()).toBe("internal"));
  });
});

test("over ConvexHttpClient sessions and rows are read when asked for", async () => {
  const { backend, http, engineOver } = await openWorld();
  const { sessions } = engineOver(http);
  const id = await sessions.create({ title: "Corgis" });
  if (id === undefined) throw new Error("The session was not made.");
  await sessions.refresh();
  expect(sessions.getSnapshot()).toMatchObject({ sessions: [{ id, title: "Corgis" }], currentId: id });
  await sessions.rows(id).refresh();
  expect(sessions.rows(id).getSnapshot()).toEqual([]);
  const bob = await openHttpClient(backend, "bob");
  await sessions.rows(await bob.mutation(api.sessions.createSession, { type: "video" })).refresh();
  expect(sessions.getSnapshot().error?.message).toContain("No session");
});
