// A fetch for the server's providers: calls meant for fal and kie.ai go to a sandbox, everything else goes where it was meant to.

// Hosts that a sandbox answers for.
const SANDBOX_HOSTS: readonly string[] = ["queue.fal.run", "rest.fal.ai", "v3.fal.media", "api.kie.ai"];

/** Builds the fetch for a sandbox at a URL, such as `http://127.0.0.1:4400`. Hand it to `falProvider` and `kieProvider`. */
export function sandboxFetch(sandboxUrl: string): (input: RequestInfo | URL, init?: RequestInit) => Promise<Response> {
  return async (input, init) => {
    if (input instanceof Request) return await fetch(new Request(toSandboxUrl(sandboxUrl, input.url), input), init);
    return await fetch(toSandboxUrl(sandboxUrl, String(input)), init);
  };
}

// `https://queue.fal.run/x` becomes `<sandbox>/queue.fal.run/x`; the addresses of other hosts are unchanged.
function toSandboxUrl(sandboxUrl: string, url: string): string {
  const { protocol, hostname, pathname, search } = new URL(url);
  if (protocol !== "https:" || !SANDBOX_HOSTS.includes(hostname)) return url;
  return `${sandboxUrl}/${hostname}${pathname}${search}`;
}
