// Cuts a page off in the middle of one call: its question is lost, or its answer is.
import type { Page, WebSocketRoute } from "playwright-core";
import { inject } from "vitest";

/** Which call, and on which side it is cut. */
export interface Cut {
  /** A Convex function (`users:reserveCredits`) or a route (`generate-video`). */
  readonly call: string;
  /** `before`: the question is lost. `after`: the other side has done it, and its answer is lost. */
  readonly side: "before" | "after";
}

/** A cut that is yet to happen. */
export interface PlannedCut {
  /** Before the page loads. */
  prepare(page: Page): Promise<void>;
  readonly hasHappened: Promise<void>;
}

/** Cuts the first such call, with everything after it on the same connection. A reload begins anew. */
export function createCut({ call, side }: Cut): PlannedCut {
  let happen: () => void = () => undefined;
  const hasHappened = new Promise<void>((resolve) => (happen = resolve));
  const isMutation = call.includes(":");
  return {
    hasHappened,
    prepare: (page) =>
      isMutation ? cutMutation(page, { call, side }, happen) : cutRoute(page, { call, side }, happen),
  };
}

async function cutRoute(page: Page, { call, side }: Cut, happen: () => void): Promise<void> {
  await page.route(
    new RegExp(`/api/mobile/${call}`),
    async (route) => {
      if (side === "after") await route.fetch();
      happen();
      // Neither answered nor let through: the reload ends it.
    },
    { times: 1 },
  );
}

async function cutMutation(page: Page, { call, side }: Cut, happen: () => void): Promise<void> {
  let cut: WebSocketRoute | undefined;
  await page.routeWebSocket(new RegExp(new URL(inject("world").convexUrl).host), (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((message) => {
      if (cut === socket) return;
      const isCall = cut === undefined && String(message).includes(`${call}"`);
      if (isCall) cut = socket;
      if (!isCall || side === "after") server.send(message);
      else happen();
    });
    server.onMessage((message) => {
      if (cut !== socket) socket.send(message);
      else if (String(message).includes('"MutationResponse"')) happen();
    });
  });
}
