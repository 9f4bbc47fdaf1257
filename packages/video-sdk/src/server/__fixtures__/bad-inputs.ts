// Bad inputs to the routes, by their row in the security checklist. Each must be refused before a provider is called.
import { GOOD, MODEL } from "./routes-world.ts";

/** One bad body of a submit, as text: some cannot be written as JSON of ours. */
export interface BadBody {
  readonly row: number;
  readonly name: string;
  readonly body: string;
}

const json = JSON.stringify;
const withField = (field: string, value: string) => `${json(GOOD).slice(0, -1)},${json(field)}:${value}}`;
const replaced = (field: keyof typeof GOOD, value: string) =>
  `{${Object.entries(GOOD).map(([name, given]) => `${json(name)}:${name === field ? value : json(given)}`).join(",")}}`;

const cross = (row: number, fields: readonly string[], values: readonly string[]): BadBody[] =>
  fields.flatMap((field) => values.map((value) => bad(row, `${field}: ${value}`, withField(field, value))));

function bad(row: number, name: string, body: string): BadBody {
  return { row, name: name.slice(0, 80), body };
}

export const EVIL_ENDPOINTS = [
  ...["https://attackerfal.run/x/y", "https://evil-fal.ai/a/b", "http://x.fal.run/", "https://queue.fal.run@evil.com/"],
  ...["//evil", "fal-ai/../..", "fal-ai/veo3.1/../../other", "\u0000", "x".repeat(3000)],
];

export const EVIL_REQUEST_IDS = [
  ...["../../../other/app/requests/abc", "abc?x=1#", "%2e%2e/x", "abc%2F..", "..", ".", "/", "\\", "a/b", "a%00b", "short"],
  ...["a".repeat(128), "a".repeat(129), "a".repeat(10_000), "nul\0nul-nul", "ünïcödé-id", "two words", "line\nbreak"],
  ...["trailing-break\n", "\ud800", "🎬🎬🎬🎬🎬🎬🎬🎬", "00000000-0000-4000-8000-000000000001", "never-was-a-job", "null", "undefined"],
  ...["v1", "v1.", "v1..", "v1.e30.", `v1.e30.${"A".repeat(43)}`, `v2.e30.${"A".repeat(43)}`, "v1.e30.AAAA.AAAA", "eyJhbGciOiJub25lIn0.e30."],
  ...["{}", "[]", "[object Object]", "' OR 1=1 --", "<script>alert(1)</script>", "${jndi:ldap://x}", "constructor", "__proto__"],
];

const EVIL_URLS = [
  ...["http://169.254.169.254/latest/meta-data", "https://169.254.169.254/", "http://[::ffff:169.254.169.254]/", "https://[::1]/"],
  ...["http://0x7f.1/", "https://0x7f.1/", "http://2130706433/", "https://2130706433/", "https://0177.0.0.1/", "https://127.0.0.1/"],
  ...["http://localhost./", "https://localhost/", "https://localhost./", "https://intranet/", "file:///etc/passwd", "gopher://x.example/"],
  ...["data:image/png;base64,AAAA", `data:image/png;base64,${"A".repeat(3000)}`, "javascript:alert(1)", "ftp://x.example/a.png"],
  ...["https://cdn.example@evil", "https://user:password@cdn.example/a.png", "https://", "https:///a.png", "//cdn.example/a.png"],
  ...["cdn.example/a.png", "HTTP://CDN.EXAMPLE/a.png", "https://cdn.example\\@evil/", "https://cdn.example/a b.png"],
  ...["https://cdn.example/\u0000", "https://cdn.example/a\nb", " https://cdn.example/a.png", `https://cdn.example/${"a".repeat(2100)}`, ""],
];

const NUMBERS = ["0", "-1", "0.1", "5", "1e308", "1e309", '"5"', "null"];
const NO_BOOLEANS = ['"true"', "1", "0", "null", "[]", "{}"];
const TOGGLES = ["generateAudio", "cameraFixed", "fastMode", "removeWatermark"];

/** Rows 4 and 5: nothing that a caller says about money is taken, nor a setting that would be priced as another. */
const MONEY: readonly BadBody[] = [
  ...cross(4, ["amount", "credits", "cost", "price"], NUMBERS),
  ...cross(5, ["creditsUsed", "reserved", "baseCreditCost", "discount"], NUMBERS),
  ...['"4"', '"8"', "12", "0", "-8", "8.5", "1e309", "null", "[8]", "{}", "true", '"8s"'].map((value) =>
    bad(4, `duration: ${value}`, replaced("duration", value)),
  ),
  ...['"8K"', '"720"', "720", '""', "null", '"720P"', '" 720p"', '"__proto__"', "[]", "{}", "true"].map((value) =>
    bad(4, `resolution: ${value}`, replaced("resolution", value)),
  ),
  ...['"1:1"', '"16x9"', "1.77", '""', "null", '"16:9 "', '["16:9"]', "{}"].map((value) =>
    bad(4, `aspectRatio: ${value}`, replaced("aspectRatio", value)),
  ),
  ...cross(4, TOGGLES, NO_BOOLEANS),
];

/** Row 10: what a body may not be, and what a prompt and a model may not be. */
const SHAPES: readonly BadBody[] = [
  ...["", " ", "{", "}", "[", "null", "true", "1", '"x"', "[]", "{}", "[{}]", "undefined", "NaN", "\ufeff{}", "\0", "a=b", "<xml/>"].map(
    (body) => bad(10, `body ${json(body)}`, body),
  ),
  bad(10, "5,000 arrays deep", "[".repeat(5000) + "]".repeat(5000)),
  bad(10, "10,000 objects deep", `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`),
  bad(10, "a prototype", '{"__proto__":{"model":"vid-veo-3.1"}}'),
  bad(10, "300 KB", json({ ...GOOD, prompt: "x".repeat(300_000) })),
  bad(10, "more members than there are names", json(Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`a${i}`, i])))),
  ...['""', '" "', '"\\u0000"', "null", "5", "[]", "{}", "true", '["a corgi"]', json("x".repeat(100_000))].map(
    (value) => bad(10, `prompt: ${value}`, replaced("prompt", value)),
  ),
  ...['""', "null", "5", "[]", "{}", '"constructor"', '"__proto__"', '"toString"', '"vid-veo-9"', '"VID-VEO-3.1"', '["vid-veo-3.1"]', '"../x"'].map(
    (value) => bad(10, `model: ${value}`, replaced("model", value)),
  ),
  ...cross(10, ["klingO1Images", "klingO1Elements", "klingO1Video"], ["[]", '["https://a.example/1.png"]', "{}", "5", "null", '"x"']).filter(
    // An empty list is nothing attached.
    ({ name }) => !name.endsWith(": []"),
  ),
  bad(10, "11 images", json({ model: "kling-o1", prompt: "x", klingO1Images: Array.from({ length: 11 }, (_, i) => `https://a.example/${i}.png`) })),
  ...["5", "null", "[]", "{}", '""', '"not base64!"', '"PHN2Zz48L3N2Zz4="', '"AAAA"', '"data:image/png;base64,AAAA"'].map((value) =>
    bad(10, `attachmentImageBytes: ${value}`, withField("attachmentImageBytes", value)),
  ),
];

/** Rows 1 and 11: fields that would reach the provider, or us, if they were passed on. */
const FIELDS: readonly BadBody[] = [
  ...EVIL_ENDPOINTS.map((endpoint) => bad(1, `endpoint: ${endpoint}`, withField("endpoint", json(endpoint)))),
  ...["provider", "modelId", "url", "path", "host", "baseUrl", "queueUrl", "proxy"].map((field) =>
    bad(1, field, withField(field, '"https://evil.example"')),
  ),
  ...[
    ...["webhook_url", "webhookUrl", "fal_webhook", "callBackUrl", "enable_safety_checker", "enableSafetyChecker", "safety_tolerance"],
    ...["nsfw_checker", "seed", "num_videos", "negative_prompt", "image_url", "sync_mode", "input", "headers", "authorization"],
    ...["userId", "user", "isAdmin", "role", "requestId", "generationId", "slotId", "__proto__", "constructor", "prototype", "toJSON"],
  ].map((field) => bad(11, field, withField(field, '"evil"'))),
];

/** Row 6: addresses that no provider may be given to fetch. */
const ADDRESSES: readonly BadBody[] = [
  ...EVIL_URLS.map((url) => bad(6, `attachmentImageUrl: ${url}`, withField("attachmentImageUrl", json(url)))),
  ...EVIL_URLS.map((url) => {
    const frames = { startFrameImageUrl: "https://cdn.example/a.png", endFrameImageUrl: url };
    return bad(6, `endFrameImageUrl: ${url}`, json({ model: "veo3.1-fast-transition", prompt: "x", ...frames }));
  }),
];

export const BAD_BODIES: readonly BadBody[] = [...MONEY, ...SHAPES, ...FIELDS, ...ADDRESSES];

/** Row 8: headers that name no signed-in user. */
export const BAD_SIGN_INS: readonly Record<string, string>[] = [
  ...[{}, { authorization: "" }, { authorization: "Bearer" }, { authorization: "Bearer " }, { authorization: "Basic dTE6cA==" }],
  ...[{ authorization: "u1" }, { cookie: "token=u1" }, { "x-user-id": "u1" }, { "x-act-for-user": "u1" }, { "x-forwarded-user": "u1" }],
];

/** Row 12: keys that cannot name a submit. */
export const BAD_KEYS = ["short", "x".repeat(256), "two words here", "tab\there-00", "ünïcödé-key", "key-0001, key-0002", ""];

/** The model of all of them, for queries. */
export const BAD_MODEL_IDS = ["vid-veo-3.1", "vid-veo-9", "constructor", "__proto__", "", MODEL.toUpperCase()];
