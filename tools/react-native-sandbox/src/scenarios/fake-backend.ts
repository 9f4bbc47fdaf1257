// The app's Convex functions as a plain object with the deployed shapes, and the books they keep.

/** What the functions have written. */
export interface Books {
  reserved: number;
  captured: number;
  released: number;
  readonly slots: Map<string, string>;
  readonly rows: Map<string, Record<string, unknown>>;
  /** Names of the functions in the order of their calls. */
  readonly calls: string[];
}

/** A Convex client over HTTP, as far as the SDK uses one. */
export interface FakeBackend {
  readonly books: Books;
  readonly client: { mutation(reference: unknown, args: Record<string, unknown>): Promise<unknown> };
}

type Handler = (args: Record<string, unknown>, books: Books) => unknown;

const HANDLERS: Readonly<Record<string, Handler>> = {
  "generations:acquireGenerationSlot": (_, { slots }) => {
    const generationId = `slot-${slots.size + 1}`;
    slots.set(generationId, "generating");
    return { ok: true, generationId };
  },
  "generations:updateGenerationStatus": ({ generationId, status }, { slots }) =>
    void slots.set(String(generationId), String(status)),
  "users:reserveCredits": ({ amount }, books) => {
    books.reserved += Number(amount);
    return { success: true };
  },
  "users:captureReservedCredits": ({ amount }, books) => settle(books, "captured", Number(amount)),
  "users:releaseReservedCredits": ({ amount }, books) => settle(books, "released", Number(amount)),
  "sessions:createSession": () => "session-1",
  "sessions:addGenerationToSession": (row, { rows }) => {
    const id = `row-${rows.size + 1}`;
    rows.set(id, row);
    return id;
  },
  "sessions:updateGeneration": ({ generationId, ...change }, { rows }) => {
    const id = String(generationId);
    rows.set(id, { ...rows.get(id), ...change });
    return null;
  },
};

/** A backend with empty books. */
export function createFakeBackend(): FakeBackend {
  const books: Books = { reserved: 0, captured: 0, released: 0, slots: new Map(), rows: new Map(), calls: [] };
  return {
    books,
    client: {
      async mutation(reference, args) {
        const name = String(reference);
        const handler = HANDLERS[name];
        if (handler === undefined) throw new Error(`Could not find public function for '${name}'`);
        books.calls.push(name);
        return handler(args, books);
      },
    },
  };
}

function settle(books: Books, as: "captured" | "released", amount: number): void {
  books.reserved -= amount;
  books[as] += amount;
}
