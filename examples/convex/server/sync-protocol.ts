// The messages of Convex's sync protocol (WebSocket), as convex 1.48 speaks it. Types and parsing only.
import type { JSONValue } from "convex/values";

/** A change to the set of queries that a client follows. */
export type QueryModification =
  | { readonly type: "Add"; readonly queryId: number; readonly udfPath: string; readonly args: readonly JSONValue[] }
  | { readonly type: "Remove"; readonly queryId: number };

/** A call that a client wants answered under its `requestId`. */
export interface FunctionRequest<Type extends "Mutation" | "Action" = "Mutation" | "Action"> {
  readonly type: Type;
  readonly requestId: number;
  readonly udfPath: string;
  readonly args: readonly JSONValue[];
}

/** What a client sends. `baseVersion` is the version that the client believes the server to be at. */
export type ClientMessage =
  | { readonly type: "Connect"; readonly sessionId: string }
  | { readonly type: "Authenticate"; readonly tokenType: string; readonly value?: string; readonly baseVersion: number }
  | {
      readonly type: "ModifyQuerySet";
      readonly baseVersion: number;
      readonly newVersion: number;
      readonly modifications: readonly QueryModification[];
    }
  | FunctionRequest<"Mutation">
  | FunctionRequest<"Action">
  | { readonly type: "Event" };

/** What the client knows: which queries, as whom, as of which commit. Each Transition moves it from one to the next. */
export interface StateVersion {
  readonly querySet: number;
  readonly identity: number;
  readonly ts: bigint;
}

interface LoggedResult {
  readonly queryId: number;
  readonly logLines: readonly string[];
  readonly journal: null;
}

/** A change to one query's result. */
export type StateModification =
  | (LoggedResult & { readonly type: "QueryUpdated"; readonly value: JSONValue })
  | (LoggedResult & {
      readonly type: "QueryFailed";
      readonly errorMessage: string;
      readonly errorData?: JSONValue | undefined;
    })
  | { readonly type: "QueryRemoved"; readonly queryId: number };

/** The answer to a Mutation or an Action. A mutation that committed says when. */
export interface FunctionResponse {
  readonly type: "MutationResponse" | "ActionResponse";
  readonly requestId: number;
  readonly success: boolean;
  readonly result: JSONValue;
  readonly errorData?: JSONValue | undefined;
  readonly ts?: bigint;
  readonly logLines: readonly string[];
}

/** What the server sends. */
export type ServerMessage =
  | {
      readonly type: "Transition";
      readonly startVersion: StateVersion;
      readonly endVersion: StateVersion;
      readonly modifications: readonly StateModification[];
    }
  | FunctionResponse
  | {
      readonly type: "AuthError";
      readonly error: string;
      readonly baseVersion: number;
      readonly authUpdateAttempted: boolean;
    }
  | { readonly type: "FatalError"; readonly error: string }
  | { readonly type: "Ping" };

/** The message as text. Timestamps become base64 of eight bytes, little-endian. */
export function encodeServerMessage(message: ServerMessage): string {
  return JSON.stringify(message, (_key, value: unknown) =>
    typeof value === "bigint" ? encodeTimestamp(value) : value,
  );
}

/** Reads a client's message. Undefined when it is not one. */
export function parseClientMessage(text: string): ClientMessage | undefined {
  try {
    const message: unknown = JSON.parse(text);
    return isClientMessage(message) ? message : undefined;
  } catch {
    return undefined;
  }
}

/** A timestamp as it travels: base64 of eight bytes, little-endian. */
export function encodeTimestamp(ts: bigint): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(ts);
  return bytes.toString("base64");
}

type FieldChecks = Readonly<Record<string, (value: unknown) => boolean>>;

const isText = (value: unknown) => typeof value === "string";
const isCount = (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 0;
const isOptionalText = (value: unknown) => value === undefined || isText(value);

const queryFields: Record<QueryModification["type"], FieldChecks> = {
  Add: { queryId: isCount, udfPath: isText, args: Array.isArray },
  Remove: { queryId: isCount },
};
const isQueryModification = (value: unknown) => hasFields(queryFields, value);
const isModificationList = (value: unknown) => Array.isArray(value) && value.every(isQueryModification);

const requestFields: FieldChecks = { requestId: isCount, udfPath: isText, args: Array.isArray };
const messageFields: Record<ClientMessage["type"], FieldChecks> = {
  Connect: { sessionId: isText },
  Authenticate: { tokenType: isText, value: isOptionalText, baseVersion: isCount },
  ModifyQuerySet: { baseVersion: isCount, newVersion: isCount, modifications: isModificationList },
  Mutation: requestFields,
  Action: requestFields,
  Event: {},
};

function isClientMessage(message: unknown): message is ClientMessage {
  return hasFields(messageFields, message);
}

/** Whether `value.type` is in the table and its fields pass the checks there. */
function hasFields(table: Readonly<Record<string, FieldChecks>>, value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  const checks = new Map(Object.entries(table)).get(String(fields.get("type")));
  return checks !== undefined && Object.entries(checks).every(([name, passes]) => passes(fields.get(name)));
}
