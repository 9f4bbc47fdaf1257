// Gives `vi.waitFor` and `vi.waitUntil`, which a configuration does not reach, more than their second.
import { vi } from "vitest";

const TIMEOUT_MS = 180_000;
const { waitFor, waitUntil } = vi;

type Options = Parameters<typeof waitFor>[1];
const patient = (options: Options) => (typeof options === "number" ? options : { timeout: TIMEOUT_MS, ...options });

vi.waitFor = (callback, options) => waitFor(callback, patient(options));
vi.waitUntil = (callback, options) => waitUntil(callback, patient(options));
