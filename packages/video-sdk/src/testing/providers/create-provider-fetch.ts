// A fetch that reaches simulated providers instead of the network. Knows hosts, not protocols: each provider speaks its own.

/** A provider that answers in this process. It has no clock, no timer and no network of its own. */
export interface SimulatedProvider {
  /** Host names it answers for, without a port. */
  readonly hosts: readonly string[];
  /** Answers one call. Rejects with `TypeError("fetch failed")`, as fetch does, when the call is to look lost. */
  readonly handle: (request: Request) => Promise<Response>;
}

/** The part of `fetch` that the provider clients use. */
export type ProviderFetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/**
 * Joins simulated providers into one `fetch`.
 * Rejects with `TypeError("fetch failed")` for a host that none of them answers for, and with the signal's reason when aborted.
 */
export function createProviderFetch(providers: readonly SimulatedProvider[]): ProviderFetch {
  return async (input, init) => {
    const request = new Request(input, init);
    request.signal.throwIfAborted();
    const { hostname } = new URL(request.url);
    const provider = providers.find(({ hosts }) => hosts.includes(hostname));
    if (provider === undefined) {
      const cause = Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: "ENOTFOUND" });
      throw new TypeError("fetch failed", { cause });
    }
    return await provider.handle(request);
  };
}
