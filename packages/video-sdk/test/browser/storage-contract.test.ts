// The browser's own storages keep the contract of every storage.
import { join } from "node:path";
import { expect, test } from "vitest";
import type {} from "./pages/contract-page.ts";
import { withBrowser } from "./with-browser.ts";

const browser = withBrowser(join(import.meta.dirname, "pages/contract-page.ts"));

test.each(["localStorage", "IndexedDB"] as const)("%s keeps each rule", async (suite) => {
  const tab = await browser.openTab();
  const results = await tab.evaluate((name) => contract.run(name), suite);
  expect(results.length).toBeGreaterThan(5);
  expect(results.filter(([, result]) => result !== "kept")).toEqual([]);
});
