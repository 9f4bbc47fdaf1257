// A page that runs the client's program in a browser, and tells this process what was shown: no browser has to be driven for it. The routes are on
// the page's own origin; Convex is on another one, as it always is.
import { serveHttp } from "@video-engine/example-sandbox";
import { bundlePrograms } from "./bundled.ts";
import type { RunContext, RunReport } from "./runtime.ts";

/** A page that waits for a browser. */
export interface ServedPage {
  readonly url: string;
  /** What the program has shown. Rejects when it failed. */
  readonly shown: Promise<RunReport["shown"]>;
  readonly close: () => Promise<void>;
}

/** Serves the page, for as long as a browser is open. */
export async function servePage({ project, services }: RunContext): Promise<ServedPage> {
  const script = await bundlePrograms(project, ["client"], ["browser"]);
  let resolve: (shown: RunReport["shown"]) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const shown = new Promise<RunReport["shown"]>((...settle) => ([resolve, reject] = settle));
  const server = await serveHttp(
    async (request) => {
      const { pathname, search } = new URL(request.url);
      if (pathname === "/") return html(services);
      if (pathname === "/programs.js") return new Response(script, { headers: { "content-type": "text/javascript" } });
      if (pathname === "/shown") resolve(await request.json());
      else if (pathname === "/failed") reject(new Error(await request.text()));
      else return await fetch(new Request(services.routesUrl + pathname + search, request));
      return new Response();
    },
    { port: 0, host: "127.0.0.1" },
  );
  return { url: server.url, shown, close: server.close };
}

function html(services: RunContext["services"]): Response {
  const text = `<!doctype html><title>A generation</title><script src="/programs.js"></script><script type="module">
    const tell = (path, body) => fetch(path, { method: "POST", body });
    programs.runClient({ ...${JSON.stringify(services)}, routesUrl: location.origin })
      .then((shown) => tell("/shown", JSON.stringify(shown)), (error) => tell("/failed", String(error)));
  </script>`;
  return new Response(text, { headers: { "content-type": "text/html" } });
}
