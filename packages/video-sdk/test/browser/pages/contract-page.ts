// A page that holds the browser's own storages to the contract, and hands out the sentences in which they fail.
import { keyValueStorageContract } from "../../../src/testing/contracts/key-value-storage-contract.ts";
import { createIndexedDbStorage } from "../../../src/web/indexed-db-storage.ts";
import { createLocalStorage } from "../../../src/web/local-storage.ts";

let databases = 0;
let databaseName = "";

const suites = {
  localStorage: keyValueStorageContract({
    createStorage() {
      localStorage.clear();
      return createLocalStorage(localStorage);
    },
    methods: ["keys", "compareAndSet"],
    reopen: () => createLocalStorage(localStorage),
  }),
  IndexedDB: keyValueStorageContract({
    createStorage() {
      databaseName = `contract-${++databases}`;
      return createIndexedDbStorage({ databaseName });
    },
    methods: ["keys", "compareAndSet"],
    reopen: () => createIndexedDbStorage({ databaseName }),
  }),
};

const page = {
  /** What came of each rule: `kept`, or a sentence. */
  async run(suite: keyof typeof suites): Promise<readonly (readonly [string, string])[]> {
    const results: (readonly [string, string])[] = [];
    for (const { name, run } of suites[suite]) {
      const result = await run().then(
        () => "kept",
        (error: unknown) => String(error),
      );
      results.push([name, result]);
    }
    return results;
  },
};

declare global {
  /** What the page offers to a test. */
  var contract: typeof page;
}

globalThis.contract = page;
