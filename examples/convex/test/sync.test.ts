// The real WebSocket clients against the embedded backend: reactive queries, mutations, actions.
import { ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { describe, expect, test } from "vitest";
import { api } from "../convex/_generated/api.js";
import { openBackend, openConvexClient, openHttpClient, openReactClient, valueThat } from "./support/backend.ts";
import { createGate } from "./support/gate.ts";
import { probe, probeModules, racingModules } from "./support/probe.ts";
import { openRawClient } from "./support/raw-client.ts";

const { getUserCreditsBreakdown, reserveCredits } = api.users;
const balanceQuery = { query: getUserCreditsBreakdown, args: {} };

describe("reactive queries", () => {
  test("see a mutation of another client", async () => {
    const backend = await openBackend();
    const http = await openHttpClient(backend);
    const client = openConvexClient(backend, "alice");
    await valueThat(client, balanceQuery, ({ available }) => available === 100);
    const changed = valueThat(client, balanceQuery, ({ available }) => available === 60);
    await http.mutation(reserveCredits, { amount: 40 });
    expect(await changed).toEqual({ total: 100, reserved: 40, available: 60 });
  });

  test("a mutation resolves only when its own client's queries show it", async () => {
    const backend = await openBackend();
    await openHttpClient(backend);
    const client = openReactClient(backend, "alice");
    const watch = client.watchQuery(getUserCreditsBreakdown, {});
    await new Promise<void>((resolve) => watch.onUpdate(resolve));
    await client.mutation(reserveCredits, { amount: 40 });
    expect(watch.localQueryResult()).toMatchObject({ available: 60 });
  });

  test("two queries in one transition see the same moment, though a mutation waits between them", async () => {
    const [reading, waiting] = [createGate(), createGate()];
    // One turn after the mutation is called it waits for the slow query to end.
    const writeCalled = () => void setImmediate(waiting.open);
    const racing = racingModules({ readBegan: reading.open, writeCalled, opened: waiting.opened });
    const backend = await openBackend({ modules: { ...probeModules(), ...racing } });
    const raw = await openRawClient(backend, "s-1");
    const add = (queryId: number, udfPath: string) => ({ type: "Add", queryId, udfPath, args: [{}] });
    const modifications = [add(0, "slow:read"), add(1, "probe:read")];
    raw.say({ type: "ModifyQuerySet", baseVersion: 0, newVersion: 1, modifications });
    await reading.opened;
    await new ConvexHttpClient(backend.url).mutation(makeFunctionReference<"mutation">("late:write"), {});
    expect(await raw.hear("Transition")).toMatchObject({ modifications: [{ value: 0 }, { value: 0 }] });
    expect(await raw.hear("Transition")).toMatchObject({ modifications: [{ value: 1 }, { value: 1 }] });
  });

  test("see what a scheduled function writes", async () => {
    const client = openConvexClient(await openBackend({ modules: probeModules() }));
    const written = valueThat(client, probe.read, (count) => count === 1);
    await client.mutation(probe.writeLater, {});
    expect(await written).toBe(1);
  });

  test("see what an action writes while it still runs", async () => {
    const gate = createGate();
    const client = openConvexClient(await openBackend({ modules: probeModules(gate.opened) }));
    const action = client.action(probe.writeInAction, {});
    expect(await valueThat(client, probe.read, (count) => count === 1)).toBe(1);
    gate.open();
    expect(await action).toBe("done");
  });

  test("a query that throws reports its ConvexError, and comes back when it can answer", async () => {
    const backend = await openBackend();
    const client = openConvexClient(backend, "alice");
    const missing = valueThat(client, balanceQuery, () => true);
    await expect(missing).rejects.toMatchObject({ data: { code: "user_not_found" } });
    const answered = new Promise((resolve) => client.onUpdate(getUserCreditsBreakdown, {}, resolve, () => {}));
    await openHttpClient(backend);
    expect(await answered).toMatchObject({ available: 100 });
  });

  test.for([{ code: "no", left: [1] }, "text", null, 7])(
    "the data of a failing query arrives whole: %o",
    async (value) => {
      const client = openConvexClient(await openBackend({ modules: probeModules() }));
      const failing = { query: probe.fail, args: { value } };
      await expect(valueThat(client, failing, () => true)).rejects.toMatchObject({ data: value });
    },
  );
});

describe("calls", () => {
  test("mutations of one client run in the order of sending", async () => {
    const backend = await openBackend();
    await openHttpClient(backend, "alice", { credits: 10 });
    const client = openConvexClient(backend, "alice");
    const amounts = [6, 5, 4];
    const answers = await Promise.all(amounts.map((amount) => client.mutation(reserveCredits, { amount })));
    expect(answers.map(({ success }) => success)).toEqual([true, false, true]);
  });

  test("a mutation that throws rejects with its ConvexError", async () => {
    const backend = await openBackend();
    await openHttpClient(backend);
    const call = openConvexClient(backend, "alice").mutation(reserveCredits, { amount: -1 });
    await expect(call).rejects.toMatchObject({ data: { code: "invalid_arguments" } });
  });

  test("an argument that the validator does not know is refused", async () => {
    const backend = await openBackend();
    await openHttpClient(backend);
    const reserve = makeFunctionReference<"mutation">("users:reserveCredits");
    const call = openConvexClient(backend, "alice").mutation(reserve, { amount: 1, operationId: "op-1" });
    await expect(call).rejects.toThrow(/operationId/);
  });

  test("internal functions cannot be reached, and kinds cannot be mixed", async () => {
    const client = openConvexClient(await openBackend({ modules: probeModules() }));
    const hidden = client.mutation(probe.hiddenWrite, {});
    await expect(hidden).rejects.toThrow(/Could not find public function/);
    const hiddenQuery = { query: makeFunctionReference<"query">("probe:hiddenWrite"), args: {} };
    await expect(valueThat(client, hiddenQuery, () => true)).rejects.toThrow(/Could not find public function/);
    const asAction = client.action(makeFunctionReference<"action">("probe:write"), {});
    await expect(asAction).rejects.toThrow(/as action, but it is defined as mutation/);
    expect(await client.query(probe.read.query, {})).toBe(0);
  });
});

test("two backends in one process share nothing", async () => {
  const [one, other] = [await openBackend(), await openBackend()];
  await openHttpClient(one);
  const client = new ConvexHttpClient(other.url, { auth: other.tokenFor({ subject: "alice" }), logger: false });
  const call = client.query(getUserCreditsBreakdown, {});
  await expect(call).rejects.toMatchObject({ data: { code: "user_not_found" } });
});
