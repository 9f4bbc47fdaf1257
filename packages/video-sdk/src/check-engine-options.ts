// What is wrong with the options of an engine, said before anything is built: the option, its value and the fix. For callers without types, and
// for settings that are read from an environment.
import { functionsByName } from "./convex/function-names.ts";
import { BACKEND_FIELDS } from "./convex/optional-fields.ts";
import { VIDEO_ERRORS, VideoError } from "./errors.ts";
import { canBeVerdict } from "./http/answer-table.ts";

type Fields = Readonly<Record<string, unknown>>;

/** What an option must be, and what to pass instead. Undefined passes where the option may be left out. */
interface Rule {
  readonly isRequired?: boolean;
  isGood(value: unknown): boolean;
  readonly fix: string;
}

const isFunction = (value: unknown): boolean => typeof value === "function";
const isObject = (value: unknown): value is Fields => typeof value === "object" && value !== null;
const isText = (value: unknown): boolean => typeof value === "string" && value.trim() !== "";
const isFlag = (value: unknown): boolean => typeof value === "boolean";
const isListOf = (known: readonly string[], value: unknown): boolean =>
  Array.isArray(value) && value.every((one) => known.includes(one));
const hasMethods =
  (...names: readonly string[]) =>
  (value: unknown): boolean =>
    (isObject(value) || isFunction(value)) && names.every((name) => isFunction((value as Fields)[name]));
const callback: Rule = { isGood: isFunction, fix: "Pass a function, or leave it out." };
const flag: Rule = { isGood: isFlag, fix: "Pass true or false, or leave it out." };
const route: Rule = {
  isGood: (value) => isText(value) || isFunction(value),
  fix: "Pass a path, or a function that gives { path, body } (status: { path, query }), or leave it out.",
};
const tries: Rule = {
  isGood: (value) => Number.isSafeInteger(value) && Number(value) >= 1 && Number(value) <= 1_000,
  fix: "Pass a whole number from 1 to 1000, or leave it out.",
};

/** The address of the routes: absolute, or from the origin of the page on. */
const BASE_URL = /^https?:\/\/[^\s/?#]+/i;

function isBaseUrl(value: unknown): boolean {
  return typeof value === "string" && (BASE_URL.test(value) || value === "" || value.startsWith("/"));
}

const OPTIONS: Readonly<Record<string, Rule>> = {
  convex: {
    isRequired: true,
    isGood: hasMethods("mutation"),
    fix: "Pass a ConvexReactClient, ConvexClient or ConvexHttpClient that is signed in as the user.",
  },
  http: {
    isRequired: true,
    isGood: (value) => isFunction(value) || isObject(value),
    fix: "Pass your ky instance, or { baseUrl, getToken }.",
  },
  functions: { isGood: isObject, fix: "Pass the generated `api`, or functionsByName(), or leave it out." },
  platform: {
    isGood: isObject,
    fix: "Pass webPlatform(), reactNativePlatform({ ... }) or an object of your own, or leave it out.",
  },
  user: {
    // Half a character fits into no key of a storage.
    isGood: (value) => isText(value) && !/\p{Cs}/u.test(String(value)),
    fix: "Pass the id of the signed-in user, or leave it out together with the storage.",
  },
  backend: {
    isGood: isObject,
    fix: "Pass { fields, takesOperationIds, exactlyOnce, isOnlyWriter, videosAs, deleteFailedRow, ... }, or leave it out.",
  },
  routes: {
    isGood: isObject,
    fix: "Pass deployedMobileRoutes, deployedWebRoutes({ turnstileToken }) or a map of your own, or leave it out.",
  },
  saveVideos: {
    isGood: isFunction,
    fix: "Pass copyTemporaryVideos({ hosts }) or a function of your own, or leave it out.",
  },
  saveVideosDeadlineMs: {
    isGood: (value) => typeof value === "number" && value >= 1_000 && value <= 3_600_000,
    fix: "Pass milliseconds from 1000 to 3600000, or leave it out.",
  },
  polling: { isGood: isFunction, fix: "Pass createPollingPolicy({ ... }) or a policy of your own, or leave it out." },
  retries: { isGood: isObject, fix: "Pass { preparing, unanswered, settling, uploading }, or leave it out." },
  keepEnded: {
    isGood: (value) => Number.isSafeInteger(value) && Number(value) >= 0,
    fix: "Pass a whole number from 0 up, or leave it out.",
  },
  registry: {
    isGood: hasMethods("checkVideoRequest", "getVideoModel", "createPricing"),
    fix: "Pass createRegistry([...]) or mergeCatalogue(json), or leave it out.",
  },
  catalogue: {
    isGood: hasMethods("getSnapshot", "getInitialSnapshot", "subscribe", "load", "refresh"),
    fix: "Pass createServedCatalogue({ http, storage }), or leave it out.",
  },
  pricing: { isGood: hasMethods("quoteVideo"), fix: "Pass createPricing(table), or leave it out." },
  sentences: { isGood: isObject, fix: "Pass sentences by their codes, or leave it out." },
  onEvent: callback,
  onSuccess: callback,
  onError: callback,
  onSettled: callback,
};

const PLATFORM: Readonly<Record<string, Rule>> = {
  clock: { isGood: hasMethods("now", "setTimeout", "clearTimeout"), fix: "Pass { now, setTimeout, clearTimeout }." },
  random: callback,
  createId: callback,
  storage: {
    isGood: hasMethods("getItem", "setItem", "removeItem"),
    fix: "Pass localStorage, AsyncStorage or anything with getItem, setItem and removeItem.",
  },
  locks: { isGood: hasMethods("tryLock"), fix: "Pass an object with tryLock, or leave it out." },
  lifecycle: { isGood: hasMethods("getPause", "subscribe"), fix: "Pass an object with getPause and subscribe." },
  tabChannel: { isGood: hasMethods("post", "subscribe"), fix: "Pass an object with post and subscribe." },
  put: callback,
  maxHeldQuestions: {
    isGood: (value) => Number.isSafeInteger(value) && Number(value) >= 0,
    fix: "Pass a whole number from 0 (none) up, or leave it out.",
  },
};

const HTTP: Readonly<Record<string, Rule>> = {
  baseUrl: {
    isRequired: true,
    isGood: isBaseUrl,
    fix: 'Pass the address of your routes, such as "https://app.example". On a web page it may start with "/".',
  },
  getToken: {
    isRequired: true,
    isGood: isFunction,
    fix: "Pass a function that gives the session token, or null when the user is signed out.",
  },
  fetch: callback,
};

function mutation(takes: string, name: string): Rule {
  return {
    isGood: (value) => isObject(value) || isText(value),
    fix: `Pass the reference of a mutation that takes ${takes}, such as api.sessions.${name}.`,
  };
}

const BACKEND: Readonly<Record<string, Rule>> = {
  takesOperationIds: flag,
  exactlyOnce: {
    isGood: hasMethods("connect", "numberCalls"),
    fix: "Pass convexSessions({ url, fetchToken }) of @video-engine/video-sdk/convex-sessions, or leave it out.",
  },
  isOnlyWriter: flag,
  fields: {
    isGood: (value) => value === "all" || value === "probe" || isListOf(BACKEND_FIELDS, value),
    fix: `Pass "all", "probe" or a list of ${BACKEND_FIELDS.join(", ")}.`,
  },
  deleteFailedRow: mutation("{ generationId }", "deleteGeneration"),
  renameSession: mutation("{ sessionId, title }", "renameSession"),
  deleteSession: mutation("{ sessionId }", "deleteSession"),
  deleteVideo: mutation("{ generationId }", "deleteGeneration"),
  videosAs: { isGood: (value) => value === "strings" || value === "objects", fix: 'Pass "strings" or "objects".' },
};

const ROUTES: Readonly<Record<string, Rule>> = {
  submit: route,
  status: route,
  cancel: route,
  presign: route,
  presignVideo: route,
  models: { isGood: isText, fix: "Pass the path of the route that answers the catalogue, or leave it out." },
  extraBody: callback,
  isSubmitRepeatable: flag,
  isUploadLengthSent: flag,
  verdictStatuses: {
    isGood: (value) =>
      Array.isArray(value) && value.every((status) => Number.isInteger(status) && canBeVerdict(Number(status))),
    fix: "Pass statuses from 400 to 499 without 401, 408, 425 and 429, such as [400, 403, 422], or leave it out.",
  },
  firstFrame: {
    isGood: (value) => value === false || route.isGood(value),
    fix: "Pass a path or a function that gives { path, body }, or false for no pictures.",
  },
};

const RETRIES: Readonly<Record<string, Rule>> = {
  preparing: tries,
  unanswered: tries,
  settling: tries,
  uploading: tries,
};

const sentence: Rule = { isGood: (value) => isText(value) || isFunction(value), fix: "Pass a text or a function." };
const sentenceRules = (): Rules => Object.fromEntries(Object.keys(VIDEO_ERRORS).map((code) => [code, sentence]));

/** Throws `not-configured` with every problem at once. */
export function checkEngineOptions(options: unknown): void {
  const fields = isObject(options) ? options : {};
  const { http, functions, platform, backend, routes, retries } = fields;
  const problems = [
    ...problemsOf("", fields, OPTIONS),
    ...(isFunction(http) ? [] : problemsOf("http.", http, HTTP)),
    ...functionProblems(functions),
    ...wrongOf("platform.", platform, PLATFORM),
    ...problemsOf("backend.", backend, BACKEND),
    ...problemsOf("routes.", routes, ROUTES),
    ...problemsOf("retries.", retries, RETRIES),
    ...problemsOf("sentences.", fields["sentences"], sentenceRules()),
    ...userProblems(fields),
    ...exactlyOnceProblems(fields),
    ...modelProblems(fields),
  ];
  if (problems.length === 0) return;
  throw new VideoError("not-configured", {
    message: `createVideoEngine: ${problems.join(" ")}`,
    details: { problems },
  });
}

type Rules = Readonly<Record<string, Rule>>;

/** Members that are wrong, and members that there are none of. */
function problemsOf(prefix: string, fields: unknown, rules: Rules): readonly string[] {
  const unknown = isObject(fields) ? Object.keys(fields).filter((name) => !Object.hasOwn(rules, name)) : [];
  return [
    ...wrongOf(prefix, fields, rules),
    ...unknown.map((name) => `\`${prefix}${name}\` is no option. ${hintFor(prefix, name, rules)}`),
  ];
}

function wrongOf(prefix: string, fields: unknown, rules: Rules): readonly string[] {
  if (!isObject(fields)) return [];
  const wrong = Object.entries(rules).filter(([name, { isRequired = false, isGood }]) => {
    const value = fields[name];
    return value === undefined ? isRequired : !isGood(value);
  });
  return wrong.map(([name, { fix }]) => `\`${prefix}${name}\` is ${shown(fields[name])}. ${fix}`);
}

function hintFor(prefix: string, name: string, rules: Rules): string {
  if (prefix === "" && Object.hasOwn(PLATFORM, name)) return `It belongs into \`platform\`: { ${name} }.`;
  return `There are: ${Object.keys(rules).join(", ")}.`;
}

/** The functions that the engine calls and that are not there. Of a generated `api` every name is. */
function functionProblems(functions: unknown): readonly string[] {
  if (!isObject(functions)) return [];
  const missing = Object.entries(functionsByName()).flatMap(([module, names]) => {
    const given = functions[module];
    return Object.keys(names)
      .filter((name) => !isObject(given) || !given[name])
      .map((name) => `${module}.${name}`);
  });
  if (missing.length === 0) return [];
  return [`\`functions\` lacks ${missing.join(", ")}. Pass the generated \`api\`, or functionsByName().`];
}

function userProblems({ platform, user }: Fields): readonly string[] {
  const hasStorage = isObject(platform) && platform["storage"] !== undefined;
  if (!hasStorage || user !== undefined) return [];
  return ["`user` is undefined, and `platform.storage` keeps records per user. Pass the id of the signed-in user."];
}

/** What it stands on: numbers that outlive the process, and no second way to name calls. */
function exactlyOnceProblems({ backend, platform }: Fields): readonly string[] {
  const { exactlyOnce, takesOperationIds }: Fields = isObject(backend) ? backend : {};
  if (exactlyOnce === undefined) return [];
  const hasStorage = isObject(platform) && platform["storage"] !== undefined;
  return [
    ...(hasStorage
      ? []
      : [
          "`platform.storage` is undefined, and `backend.exactlyOnce` keeps the numbers of its calls there: in memory only, a restart would repeat a call under another number. Pass webPlatform(), reactNativePlatform({ ... }) or a storage of your own, or leave `backend.exactlyOnce` out.",
        ]),
    ...(takesOperationIds === true
      ? [
          "`backend.exactlyOnce` is for functions that take no key, and `backend.takesOperationIds` is true. Leave one of them out.",
        ]
      : []),
  ];
}

function modelProblems({ registry, catalogue }: Fields): readonly string[] {
  if (registry === undefined || catalogue === undefined) return [];
  return ["`registry` and `catalogue` are both given. Give the registry to createServedCatalogue({ registry })."];
}

/** A value as a developer would recognise it, short and without what may be secret. */
function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  if (typeof value === "function") return "a function";
  if (Array.isArray(value)) return "an array";
  return isObject(value) ? "an object that lacks something" : String(value);
}
