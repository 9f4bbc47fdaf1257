// Runs the packed server in a project that has none of its optional peers, as it is and bundled: a kie.ai job must run to its end, and
// each part that needs a missing package must say which one.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** What the program below prints. */
interface Report {
  readonly submit: { readonly queued?: boolean; readonly provider?: string };
  readonly status: { readonly success?: boolean; readonly videos?: readonly unknown[] };
  readonly limited: { readonly error?: { readonly code?: string } };
  readonly errors: Readonly<Record<string, string>>;
}

const PROGRAM = `
import { createFakeKie, createProviderFetch, createTestClock } from "@video-engine/video-sdk/testing";
import { createVideoRoutes, falProvider, kieProvider, s3Storage } from "@video-engine/video-sdk/server";

const clock = createTestClock();
const kie = createFakeKie({ now: clock.now, queueMs: 100, jobMs: 900 });
const fetch = createProviderFetch([kie]);
const fal = falProvider({ credentials: "id:secret", fetch });
const settings = { region: "auto", bucket: "b", accessKeyId: "a", secretAccessKey: "b" };
const storage = s3Storage({ ...settings, endpoint: "https://s3.example", publicBaseUrl: "https://cdn.example" });
const events = [];
const routes = createVideoRoutes({
  onEvent: (event) => void events.push(event),
  authenticate: () => ({ userId: "u1" }),
  providers: [fal, kieProvider({ apiKey: "secret", fetch })],
  signingSecret: "a signing secret of 32 characters",
  uploads: { storage },
  clock,
});

const url = "https://app.example/api";
const post = async (route, body) => await (await route(new Request(url, { method: "POST", body: JSON.stringify(body) }))).json();
const kieJob = { model: "kie-wan-2.5", prompt: "a corgi", duration: 5, resolution: "720p" };
const falJob = { model: "vid-veo-3.1-fast", prompt: "a corgi", duration: 8, resolution: "720p", aspectRatio: "16:9" };

const submit = await post(routes.generateVideo, kieJob);
clock.jump(60_000);
const status = await (await routes.videoStatus(new Request(url + "?requestId=" + submit.requestId))).json();
// A user is told of no package. The operator is.
const told = async (answer) => (await answer, events.at(-1)?.error?.message ?? "");
const errors = {
  "@fal-ai/client": await told(post(routes.generateVideo, falJob)),
  aws4fetch: await told(post(routes.presignUpload, { contentType: "image/png" })),
};
let limited = {};
for (let count = 0; count <= 10; count += 1) limited = await post(routes.generateVideo, kieJob);
process.stdout.write(JSON.stringify({ submit, status, limited, errors }));
`;

/** One sentence per problem. `folder` is a project with the packages and none of their optional peers; `root` has the bundler. */
export function findServerProblems(folder: string, root: string): string[] {
  writeFileSync(join(folder, "server.mjs"), PROGRAM);
  const command = ["server.mjs", "--bundle", "--platform=node", "--format=esm", "--outfile=bundled.mjs"];
  // Fails on an import that cannot be resolved, unless the bundler takes it as optional.
  const options = { cwd: folder, shell: process.platform === "win32" };
  execFileSync(join(root, "node_modules/.bin/esbuild"), [...command, "--log-level=error"], options);
  return ["server.mjs", "bundled.mjs"].flatMap((program) => problemsOf(program, folder));
}

function problemsOf(program: string, folder: string): string[] {
  const printed = execFileSync(process.execPath, [program], { cwd: folder, encoding: "utf8" });
  const { submit, status, limited, errors } = JSON.parse(printed) as Report; // what the program prints
  process.stdout.write(`${program} without optional peers: ${Object.values(errors).join(" | ")}\n`);
  const isDone = submit.queued === true && submit.provider === "kie" && status.success === true;
  return [
    ...(isDone && status.videos?.length === 1
      ? []
      : [`${program}: a job of kie.ai did not run to its end: ${printed}`]),
    ...(limited.error?.code === "rate-limited" ? [] : [`${program}: requests are not limited by default: ${printed}`]),
    ...Object.entries(errors)
      .filter(
        ([name, message]) => !message.includes(`needs the package ${name}`) || !message.endsWith(`npm install ${name}`),
      )
      .map(([name, message]) => `${program}: the error for the missing ${name} does not say so: ${message}`),
  ];
}
