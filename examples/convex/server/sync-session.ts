// One client's connection: its identity, its queries and the order of its calls. Messages are handled one at a time, as on
// the real server; only actions run beside the rest. Knows messages, not sockets.
import type { FunctionCall, FunctionRunner, Outcome } from "./function-runner.ts";
import { QuerySet } from "./query-set.ts";
import {
  parseClientMessage,
  type ClientMessage,
  type FunctionRequest,
  type FunctionResponse,
  type ServerMessage,
  type StateModification,
  type StateVersion,
} from "./sync-protocol.ts";
import { readToken, requireFresh, TokenError, type Credential } from "./tokens.ts";

/** What a session needs. `hangUp` closes the connection once what was sent is out. */
export interface SyncSessionOptions {
  readonly runner: FunctionRunner;
  readonly onCommit: () => void;
  readonly send: (message: ServerMessage) => void;
  readonly hangUp: () => void;
}

type Message<Type extends ClientMessage["type"]> = Extract<ClientMessage, { type: Type }>;

/** Speaks the sync protocol with one client. */
export class SyncSession {
  readonly #options: SyncSessionOptions;
  readonly #queries = new QuerySet();
  #sessionId: string | undefined;
  #credential: Credential | undefined;
  #version: StateVersion = { querySet: 0, identity: 0, ts: 0n };
  #queue: Promise<void> = Promise.resolve();
  #refreshQueued = false;
  #ended = false;

  constructor(options: SyncSessionOptions) {
    this.#options = options;
  }

  /** Takes a message from the client. */
  receive(text: string): void {
    this.#enqueue(async () => {
      const message = parseClientMessage(text);
      if (message === undefined) return this.#fail(`Not a message of the sync protocol: ${text.slice(0, 100)}`);
      await this.#handle(message);
    });
  }

  /** Sends what changed in the client's queries. Asked again before its turn has come, it runs once. */
  refresh(): void {
    if (this.#refreshQueued) return;
    this.#refreshQueued = true;
    this.#enqueue(async () => {
      this.#refreshQueued = false;
      if (this.#isSignedInStill()) await this.#transition({}, { evenIfUnchanged: false });
    });
  }

  /** Drops what is still waiting: the client sends it again on its next connection. */
  end(): void {
    this.#ended = true;
  }

  #enqueue(task: () => Promise<void>): void {
    const run = async (): Promise<void> => {
      if (!this.#ended) await task();
    };
    this.#queue = this.#queue.then(run).catch((error: unknown) => this.#fail(String(error)));
  }

  async #handle(message: ClientMessage): Promise<void> {
    if (message.type === "Event") return;
    if (message.type === "Connect") this.#sessionId = message.sessionId;
    else if (this.#sessionId === undefined) this.#fail(`${message.type} came before Connect.`);
    else if (message.type === "Authenticate") await this.#authenticate(message);
    else if (message.type === "ModifyQuerySet") await this.#modifyQuerySet(message);
    else if (!this.#isSignedInStill()) return;
    else if (message.type === "Mutation") await this.#mutate(message, this.#sessionId);
    else void this.#act(message);
  }

  async #authenticate({ tokenType, value, baseVersion }: Message<"Authenticate">): Promise<void> {
    if (!this.#isAt("identity", baseVersion)) return;
    try {
      this.#credential = tokenType === "None" ? undefined : readToken(value ?? "");
    } catch (error) {
      return this.#refuseToken(error, true);
    }
    await this.#transition({ identity: baseVersion + 1 });
  }

  async #modifyQuerySet({ baseVersion, newVersion, modifications }: Message<"ModifyQuerySet">): Promise<void> {
    if (!this.#isAt("querySet", baseVersion) || !this.#isSignedInStill()) return;
    this.#queries.modify(modifications);
    const isSent = this.#queries.isPartlySent && (await this.#sendNew({ querySet: newVersion }));
    if (!isSent) await this.#transition({ querySet: newVersion });
  }

  async #mutate(request: FunctionRequest<"Mutation">, sessionId: string): Promise<void> {
    const { requestId } = request;
    const { runner, onCommit } = this.#options;
    const outcome = await runner.runOnce({ sessionId, requestId }, callOf(request), this.#credential?.identity);
    onCommit();
    const result = outcome.ok ? { ...outcome, ts: (await runner.snapshot([], undefined)).ts } : outcome;
    this.#respond(request, result);
    // Even when no query changed: the client's promise waits for a transition that has reached the commit.
    if (result.ok) await this.#transition({});
  }

  async #act(request: FunctionRequest<"Action">): Promise<void> {
    const outcome = await this.#options.runner.run("action", callOf(request), this.#credential?.identity);
    this.#options.onCommit();
    this.#respond(request, outcome);
  }

  #respond({ type, requestId }: FunctionRequest, result: Outcome & { readonly ts?: bigint }): void {
    const common = { type: `${type}Response`, requestId, logLines: [] } satisfies Partial<FunctionResponse>;
    if (result.ok) {
      const at = result.ts === undefined ? {} : { ts: result.ts };
      return this.#options.send({ ...common, success: true, result: result.value, ...at });
    }
    this.#options.send({ ...common, success: false, result: result.message, errorData: result.data });
  }

  async #transition(next: Partial<StateVersion>, { evenIfUnchanged } = { evenIfUnchanged: true }): Promise<void> {
    const { ts, outcomes } = await this.#options.runner.snapshot(this.#queries.calls(), this.#credential?.identity);
    const modifications = this.#queries.takeChanges(outcomes);
    if (modifications.length > 0 || evenIfUnchanged) this.#advance({ ...next, ts }, modifications);
  }

  /** Runs the new queries alone. Returns false when a commit has come since the others were run: a version is of one moment. */
  async #sendNew(next: Partial<StateVersion>): Promise<boolean> {
    const calls = this.#queries.calls("new");
    const { ts, outcomes } = await this.#options.runner.snapshot(calls, this.#credential?.identity);
    if (ts !== this.#version.ts) return false;
    this.#advance(next, this.#queries.takeChanges(outcomes, "new"));
    return true;
  }

  #advance(next: Partial<StateVersion>, modifications: readonly StateModification[]): void {
    const startVersion = this.#version;
    this.#version = { ...startVersion, ...next };
    this.#options.send({ type: "Transition", startVersion, endVersion: this.#version, modifications });
  }

  #isAt(part: "identity" | "querySet", baseVersion: number): boolean {
    const current = this.#version[part];
    if (current === baseVersion) return true;
    this.#fail(`Base version ${baseVersion} of the ${part} does not match the current version ${current}.`);
    return false;
  }

  #isSignedInStill(): boolean {
    try {
      requireFresh(this.#credential);
      return true;
    } catch (error) {
      this.#refuseToken(error, false);
      return false;
    }
  }

  /** Nothing after a refused token may run: the client reconnects with another one and sends it all again. */
  #refuseToken(error: unknown, authUpdateAttempted: boolean): void {
    if (!(error instanceof TokenError)) throw error;
    const baseVersion = this.#version.identity;
    this.#options.send({ type: "AuthError", error: error.message, baseVersion, authUpdateAttempted });
    this.#hangUp();
  }

  #fail(error: string): void {
    this.#options.send({ type: "FatalError", error });
    this.#hangUp();
  }

  #hangUp(): void {
    this.end();
    this.#options.hangUp();
  }
}

function callOf({ udfPath, args }: FunctionRequest): FunctionCall {
  return { path: udfPath, args: args[0] ?? {} };
}
