// Which client speaks over a WebSocket, asked of Convex's real classes. None of them connects here.
import { ConvexClient, ConvexHttpClient } from "convex/browser";
import { ConvexReactClient } from "convex/react";
import { describe, expect, test, vi } from "vitest";
import { isSocketClient } from "./convex-client-like.ts";

const ADDRESS = "https://happy-otter-123.convex.cloud";

class NoWebSocket {
  constructor() {
    throw new Error("This test must not connect.");
  }
}

describe("a client of convex", () => {
  test("ConvexReactClient speaks over a socket, before it has connected and after it was closed", async () => {
    const client = new ConvexReactClient(ADDRESS, {
      webSocketConstructor: vi.fn<typeof WebSocket>(NoWebSocket as never),
    });
    expect(isSocketClient(client)).toBe(true);
    await client.close();
    expect(isSocketClient(client)).toBe(true);
  });

  test("ConvexClient speaks over a socket, also where it is disabled for rendering on a server", async () => {
    const client = new ConvexClient(ADDRESS, { disabled: true });
    expect(isSocketClient(client)).toBe(true);
    await client.close();
    expect("connectionState" in ConvexClient.prototype).toBe(true);
  });

  test("ConvexHttpClient does not", () => {
    expect(isSocketClient(new ConvexHttpClient(ADDRESS))).toBe(false);
  });
});

describe("a client of the app's own", () => {
  const mutation = () => Promise.resolve(null);

  test("counts as HTTP while it shows no sign of a socket: only then is an unknown outcome never taken for certain", () => {
    expect(isSocketClient({ mutation })).toBe(false);
  });

  test.each(["connectionState", "watchQuery", "onUpdate"])("with %s speaks over a socket", (sign) => {
    expect(isSocketClient({ mutation, [sign]: () => undefined })).toBe(true);
  });
});
