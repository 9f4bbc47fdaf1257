// Whether a real deployment keeps its promise, tried on it with the owner's consent.
import { proveSessions } from "@video-engine/video-sdk/convex-sessions";
import { isInteractive } from "../can-ask.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import type { Interrupts } from "../interrupts.ts";
import { print, printLast } from "../standard-output.ts";
import { UsageError } from "../usage-error.ts";

/** Which deployment, and how to ask. */
export interface ConvexProofOptions {
  readonly convex: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** What a person is asked to agree to. */
const WHAT_IT_DOES =
  "It reserves 1 credit of the user of CONVEX_TOKEN twice under one session and number, reads the balance, and releases what it finds reserved.";

/** Proves that the deployment removes repeats, as `backend.exactlyOnce` needs it. */
export async function proveConvex(
  { convex: url, yes = false, json = false }: ConvexProofOptions,
  interrupts: Interrupts,
): Promise<ExitCode> {
  if (!/^https?:\/\/[^\s/]+/.test(url))
    throw new UsageError(
      `--convex is "${url}". Pass the address of your deployment, such as https://happy-otter-123.convex.cloud.`,
    );
  const token = process.env["CONVEX_TOKEN"];
  if (token === undefined || token === "")
    throw new UsageError("CONVEX_TOKEN is not set. Set it to a token for Convex of a user who has a credit to spare.");
  if (!yes && !(await agrees(url))) return EXIT.canceled;
  const onSeen = json ? undefined : print;
  const leave = (): void => {
    if (json) printLast(JSON.stringify({ ok: false, error: { code: "interrupted", message: LEFT } }));
    console.error(LEFT);
  };
  const proof = await interrupts.during({ leave }, () =>
    proveSessions({ url, fetchToken: () => Promise.resolve(token), onSeen }),
  );
  if (json) print(JSON.stringify(proof));
  else print(proof.isProven ? PROVEN : NOT_PROVEN);
  if (proof.left > 0) console.error(`${proof.left} of the credits may still be reserved: look at the user's balance.`);
  return proof.isProven && proof.left === 0 ? EXIT.done : EXIT.failed;
}

const LEFT = "Interrupted: a credit may still be reserved. Look at the user's balance, or run it again.";
const PROVEN =
  "Proven: this deployment ran two equal calls once. backend.exactlyOnce holds on it, until you update convex.";
const NOT_PROVEN = "Not proven: leave backend.exactlyOnce out on this deployment.";

/** Asks a person. Without one there is no consent. */
async function agrees(url: string): Promise<boolean> {
  if (!isInteractive()) throw new UsageError(`${WHAT_IT_DOES} Say --yes if ${url} is yours and you agree.`);
  const { confirm } = await import("@clack/prompts");
  return (
    (await confirm({ message: `${WHAT_IT_DOES} Is ${url} yours, and do you agree?`, initialValue: false })) === true
  );
}
