// Gives `vi.waitFor` and `vi.waitUntil`, which a configuration does not reach, more than their second.
import { vi } from "vitest";

const LIMIT_MS = 180_000;
const { waitFor, waitUntil } = vi;

/** What a test asks for, but no less than the limit: what is short on a quiet machine fails on a busy one. */
function patient(options: Parameters<typeof waitFor>[1] = {}) {
  const chosen = typeof options === "number" ? { timeout: options } : options;
  return { ...chosen, timeout: Math.max(chosen.timeout ?? 0, LIMIT_MS) };
}

vi.waitFor = (callback, options) => waitFor(callback, patient(options));
vi.waitUntil = (callback, options) => waitUntil(callback, patient(options));
