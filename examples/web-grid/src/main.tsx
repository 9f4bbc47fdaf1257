// Starts the page. Asks who is signed in while the rest of the page, with its styles, is still on the way.
import { fetchSession } from "./sign-in.ts";

const session = fetchSession(new URLSearchParams(location.search));
// Awaited below; until then a failure must not count as unhandled.
session.catch(() => undefined);

const { start } = await import("./start.tsx");
await start(document.querySelector("#root") ?? document.body, session);
