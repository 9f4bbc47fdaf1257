// What the inside of the sandbox shares: the device, the scenarios and the host all hold this one object.

/** One request, as it left. */
export interface FakeRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  /** Parsed JSON. */
  readonly body: unknown;
}

/** What comes back. `never`: no answer until it is aborted. `no-network`: the connection fails. */
export type FakeAnswer = { readonly status: number; readonly body: unknown } | "never" | "no-network";

/** The shared object. */
export interface Sandbox {
  /** Set by a scenario: the other end of the network. */
  answer: (request: FakeRequest) => FakeAnswer;
  /** Requests that were aborted. */
  aborts: number;
  runNextTimer: () => boolean;
  /** Set by a bundle that has ended: its report as JSON. */
  report?: string;
}

const shared = globalThis as unknown as { sandbox?: Sandbox }; // each bundle has a copy of this module, but the global is one

/** The one object of this context. */
export const sandbox: Sandbox = (shared.sandbox ??= {
  answer: () => "no-network",
  aborts: 0,
  runNextTimer: () => false,
});
