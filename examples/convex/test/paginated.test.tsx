// @vitest-environment happy-dom
// `usePaginatedQuery` against the embedded backend: page by page, and a page that changes.
import { act, cleanup, render, screen } from "@testing-library/react";
import { ConvexProvider, ConvexReactClient, usePaginatedQuery } from "convex/react";
import {
  makeFunctionReference,
  paginationOptsValidator,
  type PaginationOptions,
  type PaginationResult,
} from "convex/server";
import { expect, onTestFinished, test } from "vitest";
import { query } from "../convex/_generated/server.js";
import { openBackend } from "./support/backend.ts";
import { probe, probeModules } from "./support/probe.ts";

const modules = {
  ...probeModules(),
  "./pages.ts": () =>
    Promise.resolve({
      list: query({
        args: { paginationOpts: paginationOptsValidator },
        handler: async (ctx, { paginationOpts }) => await ctx.db.query("users").paginate(paginationOpts),
      }),
    }),
};
const list = makeFunctionReference<"query", { paginationOpts: PaginationOptions }, PaginationResult<{ _id: string }>>(
  "pages:list",
);

function Users() {
  const { results, status, loadMore } = usePaginatedQuery(list, {}, { initialNumItems: 2 });
  return <button onClick={() => loadMore(2)}>{`${results.length} ${status}`}</button>;
}

test("loads one page after the other, and follows what is added to the last", async () => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  const client = new ConvexReactClient((await openBackend({ modules })).url, { logger: false });
  onTestFinished(async () => {
    cleanup();
    await client.close();
  });
  for (let count = 0; count < 3; count += 1) await client.mutation(probe.write, {});
  render(
    <ConvexProvider client={client}>
      <Users />
    </ConvexProvider>,
  );
  expect(screen.getByRole("button").textContent).toBe("0 LoadingFirstPage");
  await screen.findByText("2 CanLoadMore");
  act(() => screen.getByRole("button").click());
  await screen.findByText("3 Exhausted");
  await act(async () => void (await client.mutation(probe.write, {})));
  await screen.findByText("4 Exhausted");
});
