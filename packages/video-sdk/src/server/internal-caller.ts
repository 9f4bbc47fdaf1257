// Lets a job of the app's own (a cron) act for a user, recognised by a shared secret. Off unless a secret is configured.
import { VideoError } from "../errors.ts";
import { isSameText } from "./hmac.ts";
import type { Authenticate } from "./protect-route.ts";
import { hasSecret, readSecrets, type SecretOption } from "./secret-option.ts";
import { tell, type EventSink } from "./server-event.ts";

/** The header that names the user to act for. It is ignored without the right bearer token. */
export const ACT_FOR_USER_HEADER = "x-act-for-user";

const SECRET = { option: "cronSecret", setting: "CRON_SECRET", minLength: 16 };
const USER_ID = /^[\x21-\x7e]{1,256}$/;

/** How internal callers and users are recognised. */
export interface InternalCallerOptions {
  readonly authenticate: Authenticate;
  readonly cronSecret?: SecretOption;
  readonly onEvent?: EventSink | undefined;
}

/** Returns an `authenticate` that recognises the internal caller first, and passes every other request to the app's own. */
export function withInternalCaller({ authenticate, cronSecret, onEvent }: InternalCallerOptions): Authenticate {
  if (cronSecret === undefined) return authenticate;
  return async (request) => {
    const userId = request.headers.get(ACT_FOR_USER_HEADER);
    if (userId === null || !(await hasToken(request, cronSecret))) return await authenticate(request);
    if (!USER_ID.test(userId)) {
      throw new VideoError("invalid-request", { message: `${ACT_FOR_USER_HEADER} must be a user's id.` });
    }
    tell(onEvent, { type: "acted-for-user", userId });
    return { userId };
  };
}

/** Whether a caller has the secret. False where it is missing or too short to count. */
export async function isInternalCaller(request: Request, cronSecret: SecretOption): Promise<boolean> {
  return await hasToken(request, cronSecret).catch(() => false);
}

async function hasToken(request: Request, cronSecret: SecretOption): Promise<boolean> {
  const [, token] = /^Bearer (.+)$/i.exec(request.headers.get("authorization") ?? "") ?? [];
  if (token === undefined || !hasSecret(cronSecret)) return false;
  for (const secret of readSecrets(cronSecret, SECRET)) if (await isSameText(token, secret)) return true;
  return false;
}
