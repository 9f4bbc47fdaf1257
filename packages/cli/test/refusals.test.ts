// Every option, argument and setting with what people give by mistake: it is used, or refused by its name, its value and what there is to
// choose from, before anything is started. `cost` and `generate` judge by one table.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readRequest } from "../src/judge-request.ts";
import { inProcess } from "./support/in-process.ts";

const folder = mkdtempSync(join(tmpdir(), "video-engine-"));
const place = (name: string): string => join(folder, name);
/** The head of a PNG of 1280 by 720. */
const PICTURE = Buffer.from("89504e470d0a1a0a0000000d4948445200000500000002d00802000000", "hex");

beforeAll(() => {
  writeFileSync(place("picture.png"), PICTURE);
  writeFileSync(place("text.png"), "a text");
  writeFileSync(place("empty.png"), "");
});
afterAll(() => rmSync(folder, { recursive: true }));

const VEO = ["--model", "vid-veo-3.1"];
const LUCY = ["--model", "vid-lucy-lite", "--image", "https://images.test/a.png"];
const SEEDANCE = ["--model", "vid-seedance-pro-fast"];

/** The flags of a video, and what is said of them. */
const JUDGED: readonly (readonly [flags: readonly string[], sentence: RegExp])[] = [
  // Values that no model takes: the choices are those of this one.
  ...["0", "eight", "-5", "NaN", "1e9", "99999999999999999999", "8.5", "0x8", "８", "Infinity", "8s"].map(
    (value) =>
      [[...VEO, "--duration", value], new RegExp(`--duration ${value}: Veo 3\\.1 offers 4, 6, 8 here`)] as const,
  ),
  [[...VEO, "--duration", "auto"], /--duration auto: Veo 3\.1 offers 4, 6, 8 here/],
  [[...VEO, "--duration", "5"], /--duration 5: Veo 3\.1 offers 4, 6, 8 here/],
  ...["16x9", "16/9", "0:0", "１６:９", "../16:9", "wide"].map(
    (value) => [[...VEO, "--aspect-ratio", value], /--aspect-ratio .+: Veo 3\.1 offers 16:9, 9:16 here/] as const,
  ),
  [[...VEO, "--aspect-ratio", "1:1"], /--aspect-ratio 1:1: Veo 3\.1 offers 16:9, 9:16 here/],
  ...["720", "1080P", "8K", "-720p"].map(
    (value) => [[...VEO, "--resolution", value], /--resolution .+: Veo 3\.1 offers 720p, 1080p/] as const,
  ),
  // What the model has no use for.
  [[...SEEDANCE, "--audio"], /--audio: Seedance Pro Fast makes no sound\. Leave it out\./],
  [["--model", "vid-ovi", "--no-audio"], /--no-audio: .+ always makes sound\. Leave it out\./],
  [[...VEO, "--fast"], /--fast: Veo 3\.1 cannot do this here/],
  [[...VEO, "--remove-watermark"], /--remove-watermark: Veo 3\.1 cannot do this here/],
  [[...VEO, "--camera-fixed"], /--camera-fixed: Veo 3\.1 cannot do this here/],
  [[...LUCY, "--duration", "5"], /--duration 5: Lucy Lite leaves no choice here\. Leave it out\./],
  [[...LUCY, "--duration", "0"], /--duration 0: Lucy Lite leaves no choice here\. Leave it out\./],
  [[...VEO, "--sound", "https://a.test/a.mp3"], /--sound: .*Veo 3\.1/],
  [[...VEO, "--video", "https://a.test/a.mp4"], /--video: .*Veo 3\.1/],
  [[...VEO, "--reference", "https://a.test/a.png"], /--reference: .*Veo 3\.1/],
  [[...VEO, "--end-frame", "https://a.test/a.png"], /--end-frame: |--image: /],
  [["--model", "vid-lucy-lite"], /--image: Lucy Lite needs an image/],
  [["--model", "vid-kling-avatar-2-pro"], /--image: [^]*--sound: /],
  [["--model", "vid-lucy-lite", "--duration", "0", "--audio"], /--duration 0: [^]*--image: [^]*--audio: /],
  // Files and addresses.
  [[...VEO, "--image", place("text.png")], /text\.png" holds text/],
  [[...VEO, "--image", place("empty.png")], /empty\.png" is empty/],
  [[...VEO, "--image", place("none.png")], /none\.png" cannot be read: it is not there/],
  [[...VEO, "--image", folder], /cannot be read: it is a folder/],
  [[...VEO, "--image", "/dev/null"], /"\/dev\/null" cannot be read: it is no ordinary file/],
  [[...VEO, "--image", "http://a.test/a.png"], /--image: Give a public https URL/],
  [[...VEO, "--image", "file:///a.png"], /--image: Give a public https URL/],
  [[...VEO, "--image", "data:image/png;base64,AAAA"], /--image: Give a public https URL/],
  [[...VEO, "--image", "https://127.0.0.1/a.png"], /--image: Give a public https URL/],
  // Models.
  [["--model", "vid-veo-3.2"], /--model vid-veo-3\.2: There is no video model.*Did you mean .*vid-veo-3\.1/],
  [["--model", "constructor"], /There is no video model "constructor"/],
  [["--model", "../vid-veo-3.1/.."], /There is no video model/],
  [["--model", "x".repeat(5_000)], /There is no video model "x{64}"/],
  [["--model", "kie-sora-2"], /Use Veo 3\.1 \("vid-veo-3\.1"\) instead/],
  // What the command line itself is told.
  ...[
    "--model",
    "--duration",
    "--aspect-ratio",
    "--resolution",
    "--image",
    "--reference",
    "--video",
    "--sound",
  ].flatMap((flag) => [
    [[flag, ""], new RegExp(`${flag} is given an empty value`)] as const,
    [[flag, "  "], new RegExp(`${flag} is given an empty value`)] as const,
    [[flag, "--audio"], new RegExp(`${flag} needs .*"--audio" stands there`)] as const,
    [[flag], new RegExp(`'${flag} <.+>' argument missing`)] as const,
  ]),
  [["--duration", "4", "--duration", "4"], /--duration 4 and --duration 4 cannot both be meant/],
  [[...VEO, "--model", "vid-ovi"], /--model vid-veo-3\.1 and --model vid-ovi cannot both be meant/],
  [[...VEO, "--audio", "--no-audio"], /--audio and --no-audio cannot both be meant/],
  [["--modle", "x"], /unknown option '--modle' \(Did you mean --model\?\)/],
  [["--audio=yes"], /unknown option '--audio=yes'|--audio/],
];

describe("cost and generate judge alike: the sentence, the code, and nothing on standard output", () => {
  test.each(JUDGED)("%j", async (flags, sentence) => {
    const [price, video] = [await inProcess(["cost", ...flags]), await inProcess(["generate", "a corgi", ...flags])];
    expect(video.stderr).toMatch(sentence);
    expect([video.code, video.stdout]).toEqual([2, ""]);
    const withoutHint = (text: string): string => text.replace(/Try: .*\n/, "");
    expect(withoutHint(price.stderr)).toBe(withoutHint(video.stderr));
    expect(price.code).toBe(2);
    const json = await inProcess(["generate", "a corgi", ...flags, "--json"]);
    expect(JSON.parse(json.stdout)).toMatchObject({
      ok: false,
      error: { code: expect.any(String) as string, message: expect.stringMatching(/^\S/) as string },
    });
  });
});

const USED: readonly (readonly [flags: Readonly<Record<string, unknown>>, args: readonly string[]])[] = [
  [{ model: "vid-veo-3.1", audio: false }, [...VEO, "--no-audio"]],
  [{ model: "vid-seedance-pro-fast", audio: false }, [...SEEDANCE, "--no-audio"]],
  [{ model: "vid-ovi", audio: true }, ["--model", "vid-ovi", "--audio"]],
  [{ model: "vid-seedance-2.0", duration: "auto" }, ["--model", "vid-seedance-2.0", "--duration", "auto"]],
  [{ model: "vid-veo-3.1", duration: "008" }, [...VEO, "--duration", "008"]],
  [
    { model: "vid-seedance-pro", image: place("picture.png") },
    ["--model", "vid-seedance-pro", "--image", place("picture.png")],
  ],
];

test.each(USED)("used, by both: %j", async (flags, args) => {
  expect(await readRequest("a corgi", flags)).toMatchObject({ prompt: "a corgi" });
  expect(await inProcess(["cost", ...args])).toMatchObject({ code: 0, stderr: "" });
});

/** What only one command takes. */
const REFUSED: readonly (readonly [args: readonly string[], sentence: RegExp])[] = [
  [["frobnicate"], /There are: generate, init, models, cost, resume, serve, doctor/],
  [["generaet"], /Did you mean generate\?/],
  [["generate"], /a prompt in quotes/],
  [["generate", ""], /the prompt: Write a prompt/],
  [["generate", " \n "], /the prompt: Write a prompt/],
  [["generate", "\u0000\u0007"], /the prompt: Write a prompt/],
  [["generate", "x".repeat(200_000)], /the prompt: /],
  [["generate", "a", "corgi"], /needs quotes/],
  [
    ["generate", "up", "--model", "vid-topaz-upscale", "--video", "https://a.test/a.mp4"],
    /the prompt: .*takes no prompt/,
  ],
  [["generate", "x [scenario:nope]"], /The simulated fal has no scenario "nope"\. It has: completes, never-ends/],
  [["generate", "x [scenario:]"], /has no scenario ""/],
  [["generate", "x [scenario:constructor]"], /has no scenario "constructor"/],
  [["generate", "x", "--output", ""], /--output is given an empty value/],
  [["generate", "x", "--output", "-"], /--output takes a file: .*standard output/],
  [["generate", "x", "--output", "https://a.test/a.mp4"], /"https:\/\/a\.test\/a\.mp4" is an address/],
  [["generate", "x", "--output", folder], /is a folder\. Try: --output /],
  [["generate", "x", "--output", `${folder}/new/`], /is a folder/],
  [["generate", "x", "--output", place("text.png")], /is there already/],
  [["generate", "x", "--output", "/dev/null"], /is there already/],
  [["generate", "x", "--output", "/dev/null/a.mp4"], /Nothing can be saved as "\/dev\/null\/a\.mp4"/],
  [["generate", "x", "--output", "/proc/a.mp4"], /Nothing can be saved/],
  [["generate", "x", "--output", place(`${"é".repeat(200)}.mp4`)], /its name is too long/],
  [["generate", "x", "--output", "a.mp4", "--output", "b.mp4"], /cannot both be meant/],
  [["generate", "x", "--output", "--json"], /"--json" stands there/],
  ...["", "-1", "1.5", "NaN", "1e3", "9999999999", "ten"].map(
    (value) => [["generate", "x", "--credits", value], /--credits/] as const,
  ),
  [["generate", "x", "--json", "--quiet"], /'--json' cannot be used with option '--quiet'/],
  [["generate", "x", "--json-stream", "--json"], /cannot be used with/],
  [["models", "nonsense"], /No model has "nonsense"/],
  [["models", "a", "b"], /too many arguments for 'models'/],
  [["cost", "--duration", "8"], /Say which one the other flags are of/],
  [["cost", "--no-audio"], /Say which one the other flags are of/],
  [["cost", "a corgi"], /too many arguments for 'cost'/],
  [["resume"], /There is nothing to resume.*CONVEX_URL/],
  [["serve", "--credits", "-1"], /--credits/],
  [["doctor", "--smoke", "--convex", "https://a.test"], /cannot be used with/],
  [["doctor", "--function-spec", place("none.json")], /--function-spec is ".*none\.json", .* it is not there/],
  [["doctor", "--function-spec", folder], /--function-spec is ".*": it is a folder|it is a folder/],
  [["doctor", "--fields"], /--fields needs CONVEX_URL/],
  [["doctor", "--smoke"], /--smoke needs a provider's key: set FAL_KEY or KIE_API_KEY/],
  [["doctor", "--convex", "nowhere"], /--convex is "nowhere"\. Pass the address/],
  [["doctor", "--convex", ""], /--convex is given an empty value/],
  [["doctor", "--convex", "https://a.test"], /CONVEX_TOKEN is not set/],
  [["init", place("none")], /There is no app in .*none/],
  [["init", place("text.png")], /There is no app in .*text\.png/],
  [["init", "--kind", "vit"], /'vit' is invalid\. Allowed choices are next, expo, vite, node/],
];

test.each(REFUSED)("refused before anything is started: %j", async (args, sentence) => {
  const { code, stdout, stderr } = await inProcess(args);
  expect(stderr).toMatch(sentence);
  expect([code, stdout.replace(/^\{("event":"failed",)?"ok":false.*\}\n$/, "")]).toEqual([2, ""]);
});

const URL_OF_APP = "https://app.test";
/** One letter less than is needed. */
const SHORT = "s".repeat(31);

test.each<[Record<string, string>, RegExp]>([
  [{ CONVEX_URL: URL_OF_APP }, /CONVEX_URL is set, and CONVEX_TOKEN, .*, is not/],
  [{ CONVEX_TOKEN: "token" }, /CONVEX_TOKEN is set, and CONVEX_URL is not/],
  [{ ROUTES_URL: URL_OF_APP }, /ROUTES_URL is set, and CONVEX_URL is not/],
  [{ CONVEX_URL: "happy-otter", CONVEX_TOKEN: "token" }, /CONVEX_URL is "happy-otter", which is no address/],
  [{ CONVEX_URL: "ftp://app.test", CONVEX_TOKEN: "token" }, /CONVEX_URL is "ftp:.*no address/],
  [{ CONVEX_URL: "https://", CONVEX_TOKEN: "token" }, /CONVEX_URL is "https:\/\/"/],
  [{ CONVEX_URL: ` ${URL_OF_APP}`, CONVEX_TOKEN: "token" }, /CONVEX_URL has spaces or quotes/],
  [{ FAL_KEY: '"id:secret"' }, /FAL_KEY has spaces or quotes/],
  [{ KIE_API_KEY: "key\n" }, /KIE_API_KEY has spaces or quotes/],
  [{ PROVIDERS_URL: URL_OF_APP }, /PROVIDERS_URL is set, and a provider's key .* is not/],
  [{ VIDEO_SIGNING_SECRET: SHORT }, /VIDEO_SIGNING_SECRET has 31 characters\. Set it to at least 32/],
  [{ ROUTES_HONOUR_KEYS: "yes" }, /ROUTES_HONOUR_KEYS is "yes"\. Set it to 1/],
  ...["-1", "NaN", "1.5", "1e3", "99999999", "999999999999", "soon"].map((value): [Record<string, string>, RegExp] => [
    { SANDBOX_JOB_MS: value },
    new RegExp(`SANDBOX_JOB_MS is "${value}"\\. Set it to whole milliseconds`),
  ]),
])("a setting that cannot be used is named: %j", async (env, sentence) => {
  for (const command of [["generate", "x"], ["serve"], ["resume"]]) {
    const { code, stdout, stderr } = await inProcess(command, env);
    expect(stderr).toMatch(sentence);
    expect([code, stdout]).toEqual([2, ""]);
  }
});

test("--credits beside a deployment of one's own is refused", async () => {
  const env = { CONVEX_URL: URL_OF_APP, CONVEX_TOKEN: "token" };
  for (const command of [["generate", "x"], ["serve"]])
    expect(await inProcess([...command, "--credits", "5"], env)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("CONVEX_URL names your own") as string,
    });
});

describe("the help", () => {
  const commands = ["generate", "init", "models", "cost", "resume", "serve", "doctor"];

  test.each([[["--help"]], ...commands.map((name) => [[name, "--help"]])])(
    "%j fits 80 columns and has examples",
    async (args) => {
      const { code, stdout } = await inProcess(args);
      expect(code).toBe(0);
      expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
      expect(stdout).toMatch(/Examples?:\n {2}(\w+=\S+ )*video-engine/);
    },
  );

  test("without arguments it is the help, and --version is the version", async () => {
    expect((await inProcess([])).stdout).toContain("Exit codes:");
    expect((await inProcess(["--version"])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

test("no refusal has left a draft or a folder behind", () => {
  expect(readdirSync(folder).toSorted()).toEqual(["empty.png", "picture.png", "text.png"]);
});
