// The Convex ledger keeps the contract of every ledger: over the functions of examples/convex, by Convex's real clients, in all its guarantees.
import { startEmbeddedBackend, type EmbeddedBackend } from "@video-engine/example-convex";
import { api } from "@video-engine/example-convex/api";
import { ConvexClient, ConvexHttpClient } from "convex/browser";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createConvexLedger, type ConvexLedgerOptions } from "../../src/convex/create-convex-ledger.ts";
import { systemClock } from "../../src/platform/system.ts";
import type { LostCall } from "../../src/testing/contracts/contract-case.ts";
import type { LedgerBooks, LedgerUnderTest } from "../../src/testing/contracts/ledger-under-test.ts";
import {
  videoLedgerContract,
  type VideoLedgerContractOptions,
} from "../../src/testing/contracts/video-ledger-contract.ts";

let backend: EmbeddedBackend;
const sockets: ConvexClient[] = [];
let users = 0;

beforeAll(async () => {
  backend = await startEmbeddedBackend({ isProduction: true });
});
afterAll(async () => {
  await Promise.all(sockets.map((socket) => socket.close()));
  await backend.close();
});

/** The plan of three slots. */
const START = { credits: 100, subscriptionPlan: "pro" } as const;

async function readBooks(client: ConvexHttpClient): Promise<LedgerBooks> {
  const { credits, slots, sessions, rows } = await client.query(api.extras.books, {});
  return {
    credits: credits.total,
    reserved: credits.reserved,
    activeSlots: slots.filter(({ status }) => status === "generating").map(({ _id }) => _id),
    sessions: sessions.length,
    rows: rows.map(({ videos = [], ...row }) => ({ ...row, id: row._id, videos, requestId: row.externalRequestId })),
  };
}

/** The runtime's fetch, which can lose one call. */
function createLossyFetch(): { fetch: typeof fetch; loseNext: (fault: LostCall) => void } {
  let next: LostCall | undefined;
  return {
    loseNext: (fault) => void (next = fault),
    fetch: async (input, init) => {
      const fault = next;
      next = undefined;
      if (fault === "request-lost") throw new TypeError("fetch failed");
      const response = await fetch(input, init);
      if (fault === "answer-lost") throw new TypeError("fetch failed");
      return response;
    },
  };
}

type Promises = Pick<
  ConvexLedgerOptions,
  "functions" | "fields" | "takesOperationIds" | "isOnlyWriter" | "deleteFailedRow"
>;

async function openOverHttp(promises: Promises): Promise<LedgerUnderTest> {
  const auth = backend.tokenFor({ subject: `user-${++users}` });
  const { fetch: lossyFetch, loseNext } = createLossyFetch();
  const reader = new ConvexHttpClient(backend.url, { auth, logger: false });
  await reader.mutation(api.extras.seedUser, START);
  const client = new ConvexHttpClient(backend.url, { auth, logger: false, fetch: lossyFetch });
  return {
    ledger: createConvexLedger({ client, clock: systemClock, ...promises }),
    readBooks: () => readBooks(reader),
    failNext: (_, fault) => loseNext(fault),
  };
}

async function openOverSocket(promises: Promises): Promise<LedgerUnderTest> {
  const auth = backend.tokenFor({ subject: `user-${++users}` });
  const reader = new ConvexHttpClient(backend.url, { auth, logger: false });
  await reader.mutation(api.extras.seedUser, START);
  const client = new ConvexClient(backend.url, { logger: false });
  client.setAuth(() => Promise.resolve(auth));
  sockets.push(client);
  return {
    ledger: createConvexLedger({ client, clock: systemClock, ...promises }),
    readBooks: () => readBooks(reader),
  };
}

const asPlanned: Promises = { functions: api, fields: "all" };
const asDeployed: Promises = { functions: api.asDeployed };
const exactlyOnce: Promises = { functions: api.withOperationIds, takesOperationIds: true, fields: "all" };
const rows = ["readLoadingRows", "readJoblessRows"] as const;
const faults = ["request-lost", "answer-lost"] as const;

const atMostOnce = { guarantee: "at-most-once", reads: rows, faults } as const;
const LEDGERS: Readonly<Record<string, VideoLedgerContractOptions>> = {
  "as planned": { open: () => openOverHttp(asPlanned), ...atMostOnce },
  "as planned, reconciled": {
    open: () => openOverHttp({ ...asPlanned, isOnlyWriter: true }),
    guarantee: "reconciled",
    reads: ["readReserved", ...rows],
    faults,
  },
  "as planned, probed": { open: () => openOverHttp({ ...asPlanned, fields: "probe" }), ...atMostOnce },
  "as deployed": { open: () => openOverHttp(asDeployed), ...atMostOnce, areJobsKept: false },
  // A lost call of a probe is checked on the functions that take its fields: here each first call is refused.
  "as deployed, probed": {
    open: () => openOverHttp({ ...asDeployed, fields: "probe" }),
    guarantee: "at-most-once",
    reads: rows,
    areJobsKept: false,
  },
  "with operation ids": {
    open: () => openOverHttp(exactlyOnce),
    guarantee: "exactly-once",
    reads: rows,
    faults,
  },
  // A socket client repeats a call without an answer, and the server recognises the repeat: no call is lost.
  "with operation ids, over a socket": {
    open: () => openOverSocket(exactlyOnce),
    guarantee: "exactly-once",
    reads: rows,
  },
};

describe.each(Object.entries(LEDGERS))("the Convex ledger of a backend %s", (_, options) => {
  test.each(videoLedgerContract(options))("$name", async ({ run }) => {
    await expect(run()).resolves.toBeUndefined();
  });
});
