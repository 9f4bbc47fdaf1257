// Before each test file: `vi.waitFor` gives up after a second unless it is told otherwise, which a busy machine does not always keep to.
import { vi } from "vitest";

const LIMIT_MS = 120_000;
const { waitFor } = vi;

vi.waitFor = async (callback, options) => {
  const chosen = typeof options === "number" ? { timeout: options } : options;
  return await waitFor(callback, { ...chosen, timeout: Math.max(chosen?.timeout ?? 0, LIMIT_MS) });
};
