// The ports that a page names: one that is taken on this machine is another one in this walk, where the page's programs read PORT.
import { once } from "node:events";
import { createServer } from "node:net";

/** A page as it can be walked here. */
export interface WalkedPage {
  readonly text: string;
  /** What the page's programs need to be told beside it. */
  readonly env: Readonly<Record<string, string>>;
  /** What was changed, for the person who walks. */
  readonly notes: readonly string[];
}

/** Ports that a program of the pages listens on unless PORT says another. */
const SET_BY_PORT: ReadonlySet<string> = new Set(["3000", "4300"]);

const ADDRESS = /\b(?:localhost|127\.0\.0\.1):(\d+)/g;

/** The page with free ports. Throws, in plain words, where a taken one cannot be changed. */
export async function withFreePorts(page: string): Promise<WalkedPage> {
  let walked: WalkedPage = { text: page, env: {}, notes: [] };
  for (const port of new Set([...page.matchAll(ADDRESS)].flatMap(([, named = ""]) => named))) {
    if (await isFree(Number(port))) continue;
    if (!SET_BY_PORT.has(port))
      throw new Error(
        `Port ${port}, which the page uses, is taken on this machine. End what listens there, and walk again.`,
      );
    const free = await freePort();
    walked = {
      text: walked.text.replaceAll(new RegExp(`\\b${port}\\b`, "g"), free),
      env: { PORT: free },
      notes: [...walked.notes, `Port ${port}, which the page uses, is taken on this machine: walked with ${free}.`],
    };
  }
  return walked;
}

/** Servers listen on one address or on all of them, of either family: a port is free where it is so on both. */
async function isFree(port: number): Promise<boolean> {
  for (const host of ["127.0.0.1", undefined]) if ((await listen(port, host)) === undefined) return false;
  return true;
}

async function freePort(): Promise<string> {
  const port = await listen(0, "127.0.0.1");
  if (port === undefined) throw new Error("No port is free on this machine.");
  return String(port);
}

/** Listens for a moment. Returns the port; undefined where it is taken. */
async function listen(port: number, host: string | undefined): Promise<number | undefined> {
  const server = createServer();
  try {
    await once(server.listen(port, host), "listening");
  } catch {
    return undefined;
  }
  const address = server.address();
  await once(server.close(), "close");
  return typeof address === "object" && address !== null ? address.port : undefined;
}
