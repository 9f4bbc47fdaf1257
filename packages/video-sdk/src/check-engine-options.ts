// What is wrong with the options of an engine, said before anything is built: the option, its value and the fix. For callers without types, and
// for settings that are read from an environment.
import { functionsByName } from "./convex/function-names.ts";
import { BACKEND_FIELDS } from "./convex/optional-fields.ts";
import { VIDEO_ERRORS, VideoError } from "./errors.ts";
import { canBeVerdict } from "./http/answer-table.ts";
import { isFunction, isObject, isText, type Fields } from "./value-kinds.ts";

/**
 * What an option must be, and what to pass instead; a text without a full stop means that it may be left out, too. Undefined passes unless the
 * option is required.
 */
type Rule = readonly [isGood: (value: unknown) => boolean, pass: string, isRequired?: true];
type Rules = Readonly<Record<string, Rule>>;

const isFlag = (value: unknown): boolean => typeof value === "boolean";
const isFilled = (value: unknown): boolean => isText(value) && value.trim() !== "";
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
const isFilledOr = (isOther: (value: unknown) => boolean) => (value: unknown) => isFilled(value) || isOther(value);
const isListOf = (isMember: (one: unknown) => boolean) => (value: unknown) =>
  Array.isArray(value) && value.every(isMember);
/** What has these methods, separated by spaces. */
const has = (names: string) => (value: unknown) =>
  (isObject(value) || isFunction(value)) && names.split(" ").every((name) => isFunction((value as Fields)[name]));
const callback: Rule = [isFunction, "a function"];
const flag: Rule = [isFlag, "true or false"];
const route: Rule = [
  isFilledOr(isFunction),
  "a path, or a function that gives { path, body } (status: { path, query })",
];
const tries: Rule = [
  (value) => isCount(value) && Number(value) >= 1 && Number(value) <= 1_000,
  "a whole number from 1 to 1000",
];

/** The address of the routes: absolute, or from the origin of the page on. */
const BASE_URL = /^(?:https?:\/\/[^\s/?#]+|\/|$)/i;

const OPTIONS: Rules = {
  convex: [
    has("mutation"),
    "a ConvexReactClient, ConvexClient or ConvexHttpClient that is signed in as the user.",
    true,
  ],
  http: [(value) => isFunction(value) || isObject(value), "your ky instance, or { baseUrl, getToken }.", true],
  functions: [isObject, "the generated `api`, or functionsByName()"],
  platform: [isObject, "webPlatform(), reactNativePlatform({ ... }) or an object of your own"],
  user: [
    // Half a character fits into no key of a storage.
    (value) => isFilled(value) && !/\p{Cs}/u.test(String(value)),
    "the id of the signed-in user, or leave it out together with the storage.",
  ],
  backend: [isObject, "{ fields, takesOperationIds, exactlyOnce, isOnlyWriter, videosAs, deleteFailedRow, ... }"],
  routes: [isObject, "deployedMobileRoutes, deployedWebRoutes({ turnstileToken }) or a map of your own"],
  saveVideos: [isFunction, "copyTemporaryVideos({ hosts }) or a function of your own"],
  saveVideosDeadlineMs: [
    (value) => typeof value === "number" && value >= 1_000 && value <= 3_600_000,
    "milliseconds from 1000 to 3600000",
  ],
  polling: [isFunction, "createPollingPolicy({ ... }) or a policy of your own"],
  retries: [isObject, "{ preparing, unanswered, settling, uploading }"],
  keepEnded: [isCount, "a whole number from 0 up"],
  registry: [has("checkVideoRequest getVideoModel createPricing"), "createRegistry([...]) or mergeCatalogue(json)"],
  catalogue: [has("getSnapshot getInitialSnapshot subscribe load refresh"), "createServedCatalogue({ http, storage })"],
  pricing: [has("quoteVideo"), "createPricing(table)"],
  sentences: [isObject, "sentences by their codes"],
  onEvent: callback,
  onSuccess: callback,
  onError: callback,
  onSettled: callback,
};

const PLATFORM: Rules = {
  clock: [has("now setTimeout clearTimeout"), "{ now, setTimeout, clearTimeout }"],
  random: callback,
  createId: callback,
  storage: [
    has("getItem setItem removeItem"),
    "localStorage, AsyncStorage or anything with getItem, setItem and removeItem",
  ],
  locks: [has("tryLock"), "an object with tryLock"],
  lifecycle: [has("getPause subscribe"), "an object with getPause and subscribe"],
  tabChannel: [has("post subscribe"), "an object with post and subscribe"],
  put: callback,
  maxHeldQuestions: [isCount, "a whole number from 0 (none) up"],
};

const HTTP: Rules = {
  baseUrl: [
    (value) => isText(value) && BASE_URL.test(value),
    'the address of your routes, such as "https://app.example". On a web page it may start with "/".',
    true,
  ],
  getToken: [isFunction, "a function that gives the session token, or null when the user is signed out.", true],
  fetch: callback,
};

const mutation = (takes: string, name: string): Rule => [
  isFilledOr(isObject),
  `the reference of a mutation that takes ${takes}, such as api.sessions.${name}`,
];

const BACKEND: Rules = {
  takesOperationIds: flag,
  exactlyOnce: [
    has("connect numberCalls"),
    "convexSessions({ url, fetchToken }) of @video-engine/video-sdk/convex-sessions",
  ],
  isOnlyWriter: flag,
  fields: [
    (value) =>
      value === "all" || value === "probe" || isListOf((one) => BACKEND_FIELDS.some((field) => field === one))(value),
    `"all", "probe" or a list of ${BACKEND_FIELDS.join(", ")}`,
  ],
  deleteFailedRow: mutation("{ generationId }", "deleteGeneration"),
  renameSession: mutation("{ sessionId, title }", "renameSession"),
  deleteSession: mutation("{ sessionId }", "deleteSession"),
  deleteVideo: mutation("{ generationId }", "deleteGeneration"),
  videosAs: [(value) => value === "strings" || value === "objects", '"strings" or "objects"'],
};

const ROUTES: Rules = {
  submit: route,
  status: route,
  cancel: route,
  presign: route,
  presignVideo: route,
  models: [isFilled, "the path of the route that answers the catalogue"],
  extraBody: callback,
  isSubmitRepeatable: flag,
  isUploadLengthSent: flag,
  verdictStatuses: [
    isListOf((status) => Number.isInteger(status) && canBeVerdict(Number(status))),
    "statuses from 400 to 499 without 401, 408, 425 and 429, such as [400, 403, 422]",
  ],
  firstFrame: [
    (value) => value === false || route[0](value),
    "a path or a function that gives { path, body }, or false for no pictures.",
  ],
};

const RETRIES: Rules = { preparing: tries, unanswered: tries, settling: tries, uploading: tries };

const sentence: Rule = [isFilledOr(isFunction), "a text or a function"];
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
    ...togetherProblems(fields),
  ];
  if (problems.length === 0) return;
  throw new VideoError("not-configured", {
    message: `createVideoEngine: ${problems.join(" ")}`,
    details: { problems },
  });
}

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
  return Object.entries(rules).flatMap(([name, [isGood, pass, isRequired]]) => {
    const value = fields[name];
    if (value === undefined ? isRequired !== true : isGood(value)) return [];
    return `\`${prefix}${name}\` is ${shown(value)}. Pass ${pass}${pass.endsWith(".") ? "" : ", or leave it out."}`;
  });
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

/** Options that are right by themselves, and wrong together. */
function togetherProblems({ platform, user, backend, registry, catalogue }: Fields): readonly string[] {
  const hasStorage = isObject(platform) && platform["storage"] !== undefined;
  const { exactlyOnce, takesOperationIds }: Fields = isObject(backend) ? backend : {};
  const isNumbered = exactlyOnce !== undefined;
  const problems: readonly (readonly [isWrong: boolean, problem: string])[] = [
    [
      hasStorage && user === undefined,
      "`user` is undefined, and `platform.storage` keeps records per user. Pass the id of the signed-in user.",
    ],
    [
      isNumbered && !hasStorage,
      "`platform.storage` is undefined, and `backend.exactlyOnce` keeps the numbers of its calls there: in memory only, a restart would repeat a call under another number. Pass webPlatform(), reactNativePlatform({ ... }) or a storage of your own, or leave `backend.exactlyOnce` out.",
    ],
    [
      isNumbered && takesOperationIds === true,
      "`backend.exactlyOnce` is for functions that take no key, and `backend.takesOperationIds` is true. Leave one of them out.",
    ],
    [
      registry !== undefined && catalogue !== undefined,
      "`registry` and `catalogue` are both given. Give the registry to createServedCatalogue({ registry }).",
    ],
  ];
  return problems.flatMap(([isWrong, problem]) => (isWrong ? problem : []));
}

/** A value as a developer would recognise it, short and without what may be secret. */
function shown(value: unknown): string {
  if (isText(value)) return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  if (isFunction(value)) return "a function";
  if (Array.isArray(value)) return "an array";
  return isObject(value) ? "an object that lacks something" : String(value);
}
