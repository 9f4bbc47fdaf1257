// @vitest-environment happy-dom
// A component with Convex's own hooks against the embedded backend.
import { act, cleanup, render, screen } from "@testing-library/react";
import { ConvexProvider, ConvexReactClient, useMutation, useQuery } from "convex/react";
import { expect, onTestFinished, test } from "vitest";
import { api } from "../convex/_generated/api.js";
import { tokenFor } from "../server/index.ts";
import { openBackend, openHttpClient } from "./support/backend.ts";

function Balance() {
  const balance = useQuery(api.users.getUserCreditsBreakdown, {});
  const reserve = useMutation(api.users.reserveCredits);
  return (
    <button onClick={() => void reserve({ amount: 40 })}>
      {balance === undefined ? "loading" : `${balance.available} available`}
    </button>
  );
}

test("useQuery follows what useMutation changes", async () => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  const backend = await openBackend();
  await openHttpClient(backend);
  const client = new ConvexReactClient(backend.url, { logger: false });
  client.setAuth(() => Promise.resolve(tokenFor({ subject: "alice" })));
  onTestFinished(async () => {
    cleanup();
    await client.close();
  });
  render(
    <ConvexProvider client={client}>
      <Balance />
    </ConvexProvider>,
  );
  expect(screen.getByRole("button").textContent).toBe("loading");
  await screen.findByText("100 available");
  act(() => screen.getByRole("button").click());
  await screen.findByText("60 available");
});
