// The deployed server as its shipped mobile client knows it: a route pair for each family of models, and nothing else. What that client does not
// send is complained of and refused, so a test that ends without a complaint has sent nothing else.

/** Where the server is. */
export const DEPLOYED_URL = "https://deployed.test";

const TOKEN_LIFE_MS = 60_000;

/** A family: its submit route, its status route, and what the job is called in a question. */
interface Family {
  readonly submit: string;
  readonly status: string;
  readonly idName: "taskId" | "requestId";
}

const FAL: Family = {
  submit: "/api/mobile/generate-video",
  status: "/api/fal-generate-videos/status",
  idName: "requestId",
};
const kie = (name: string): Family => ({
  submit: `/api/mobile/${name}`,
  status: `/api/${name}/status`,
  idName: "taskId",
});
/** The models that are not at `FAL`. */
const FAMILIES: Readonly<Record<string, Family>> = {
  "kie-sora-2": kie("kie-sora-2"),
  "kie-wan-2.5": kie("kie-wan-2.5"),
  "kie-seedance-1.5-pro": kie("kie-seedance-1.5-pro"),
  "pixverse-v5": { ...FAL, submit: "/api/mobile/pixverse-video" },
};

/** The two names of each image. */
const TWINS: readonly (readonly [string, string])[] = [
  ["attachmentImageUrl", "imageUrl"],
  ["startFrameImageUrl", "startImageUrl"],
  ["endFrameImageUrl", "endImageUrl"],
];
const SWITCHES = ["generateAudio", "fastMode", "removeWatermark", "cameraFixed"];
const OTHERS = ["prompt", "model", "aspectRatio", "duration", "resolution"];
const OF_KLING = ["klingO1Images", "klingO1Elements", "klingO1Video"];
const KNOWN = new Set([...OTHERS, ...SWITCHES, ...TWINS.flat(), ...OF_KLING]);

type Body = Readonly<Record<string, unknown>>;
type Query = Readonly<Record<string, string>>;

/** A job that was submitted. */
export interface DeployedJob {
  readonly id: string;
  readonly path: string;
  readonly body: Body;
  readonly startedAt: number;
}

/** An answer: its body, and its status where it is not 200. */
export interface DeployedAnswer {
  readonly body: unknown;
  readonly status?: number;
}

/** How a test has the server answer. Left out: as each family does, with a job of two minutes. */
export interface DeployedServerOptions {
  /** Beside the fields of the mobile client, such as what the web app sends. */
  readonly alsoSent?: readonly string[];
  /** In place of `/api/mobile` and of the submit route of the models without their own. */
  readonly submits?: { readonly below: string; readonly others: string };
  readonly submit?: ((job: DeployedJob) => DeployedAnswer) | undefined;
  readonly status?: ((job: DeployedJob) => DeployedAnswer) | undefined;
  /** Whether the submit's answer brings an endpoint. Default: for models of fal. */
  readonly endpointOf?: (job: DeployedJob) => string | undefined;
}

/** The server, and what it has seen. */
export interface DeployedServer {
  answer(request: Request): Promise<Response>;
  /** A token as Clerk's: good for a minute. */
  signToken(): string;
  readonly jobs: readonly DeployedJob[];
  readonly questions: readonly { readonly path: string; readonly query: Query }[];
  /** Bodies of the requests for an address, and the bytes that were put. */
  readonly presigned: readonly { readonly path: string; readonly body: Body }[];
  readonly put: readonly { readonly url: string; readonly contentType: string | null; readonly bytes: number }[];
  /** What came that the shipped client does not send. */
  readonly complaints: readonly string[];
}

const VIDEO_MS = 120_000;

/** A server without jobs. The time is the runtime's. */
export function createDeployedServer(options: DeployedServerOptions = {}): DeployedServer {
  const { endpointOf = (job) => (familyOf(job.body).idName === "requestId" ? "fal-ai/some/model" : undefined) } =
    options;
  const jobs: DeployedJob[] = [];
  const questions: { path: string; query: Query }[] = [];
  const presigned: { path: string; body: Body }[] = [];
  const put: { url: string; contentType: string | null; bytes: number }[] = [];
  const complaints: string[] = [];
  let tokens = 0;

  const refused = (complaint: string): DeployedAnswer => {
    complaints.push(complaint);
    return { status: 400, body: { error: complaint } };
  };

  const submit = (path: string, body: Body): DeployedAnswer => {
    const wrong = [...wrongIn(body, options.alsoSent), ...misplaced(path, body, options.submits)];
    if (wrong.length > 0) return refused(`POST ${path}: ${wrong.join(" ")}`);
    const job = { id: `job-${jobs.length + 1}`, path, body, startedAt: Date.now() };
    jobs.push(job);
    return options.submit?.(job) ?? { body: queuedAs(job, endpointOf(job)) };
  };

  const status = (path: string, query: Query): DeployedAnswer => {
    questions.push({ path, query });
    const job = jobs.find(
      (known) => [query["taskId"], query["requestId"]].includes(known.id) || query["requestId"] === endpointOf(known),
    );
    if (job === undefined) return refused(`GET ${path}: there is no such job in ${JSON.stringify(query)}.`);
    const { idName, status: own } = familyOf(job.body);
    const endpoint = endpointOf(job);
    const wanted = { [idName]: query[idName], modelId: job.body["model"], ...(endpoint !== undefined && { endpoint }) };
    if (path !== own || !isSame(query, wanted)) {
      return refused(`GET ${path}: ${JSON.stringify(query)}, not ${own} with ${JSON.stringify(wanted)}.`);
    }
    return options.status?.(job) ?? { body: progressOf(job) };
  };

  const answerTo = async (request: Request): Promise<DeployedAnswer> => {
    const { pathname: path, searchParams } = new URL(request.url);
    const line = `${request.method} ${path}`;
    if (request.method === "PUT" && path.startsWith("/put/")) {
      const { byteLength } = await request.arrayBuffer();
      put.push({ url: request.url, contentType: request.headers.get("content-type"), bytes: byteLength });
      return { body: {} };
    }
    if (!isFresh(request.headers.get("authorization"))) return { status: 401, body: { error: "Unauthorized" } };
    if (request.method === "GET") {
      return path.endsWith("/status")
        ? status(path, Object.fromEntries(searchParams))
        : refused(`${line}: no such route.`);
    }
    const body = (await request.json()) as Body;
    if (path === "/api/mobile/extract-first-frame")
      return { body: { success: true, url: `${DEPLOYED_URL}/frame.jpg` } };
    const addresses = ADDRESSES[path];
    if (addresses !== undefined) {
      presigned.push({ path, body });
      return { body: addresses(presigned.length) };
    }
    return submit(path, body);
  };

  return {
    jobs,
    questions,
    presigned,
    put,
    complaints,
    signToken: () => `token-${++tokens}@${Date.now()}`,
    async answer(request) {
      const { body, status: code = 200 } = await answerTo(request);
      return new Response(JSON.stringify(body), { status: code });
    },
  };
}

const ADDRESSES: Readonly<Record<string, (nth: number) => Body>> = {
  "/api/mobile/r2-presign": (nth) => ({
    uploadUrl: `${DEPLOYED_URL}/put/file-${nth}`,
    publicUrl: `https://cdn.test/file-${nth}`,
    key: `file-${nth}`,
  }),
  "/api/mobile/upload-video-presign": (nth) => ({
    success: true,
    uploadUrl: `${DEPLOYED_URL}/put/video-${nth}`,
    url: `https://cdn.test/video-${nth}.mp4`,
    key: `video-${nth}`,
  }),
};

function familyOf({ model }: Body): Family {
  return FAMILIES[String(model).replace(/-transition$/, "")] ?? FAL;
}

/** The name of a job, as its family gives it. */
function queuedAs({ id, body }: DeployedJob, endpoint: string | undefined): Body {
  if (familyOf(body).idName === "taskId") return { success: true, processing: true, taskId: id };
  return { queued: true, requestId: id, modelId: body["model"], provider: "fal", endpoint };
}

/** kie's videos are at a host that forgets them. */
function progressOf({ id, body, startedAt }: DeployedJob): Body {
  const isKie = familyOf(body).idName === "taskId";
  if (Date.now() - startedAt < VIDEO_MS) return isKie ? { processing: true } : { queued: true, status: "IN_PROGRESS" };
  return isKie
    ? { success: true, videoUrl: `https://tempfile.aiquickdraw.com/${id}.mp4` }
    : { success: true, videos: [{ url: `https://videos.test/${id}.mp4` }] };
}

/** What the shipped client would never have sent. */
function wrongIn(body: Body, alsoSent: readonly string[] = []): readonly string[] {
  const missing = alsoSent.filter((field) => body[field] === undefined);
  const unknown = Object.keys(body).filter((field) => !KNOWN.has(field) && !alsoSent.includes(field));
  const untwinned = TWINS.filter(([one, other]) => body[one] !== body[other]);
  const images = body["klingO1Images"] ?? [];
  const hasFrames = body["startFrameImageUrl"] !== undefined && body["endFrameImageUrl"] !== undefined;
  return [
    ...["prompt", "model", "aspectRatio"]
      .filter((field) => typeof body[field] !== "string")
      .map((field) => `${field} is no text.`),
    ...(typeof body["duration"] === "number" ? [] : ["duration is no number."]),
    ...SWITCHES.filter((field) => !["boolean", "undefined"].includes(typeof body[field])).map(
      (field) => `${field} is no switch.`,
    ),
    ...missing.map((field) => `${field} is missing.`),
    ...unknown.map((field) => `${field} is not known.`),
    ...untwinned.map(([one, other]) => `${one} and ${other} differ.`),
    ...(Array.isArray(images) && images.every(isLink) ? [] : ["klingO1Images is no [{ url }]."]),
    ...(hasFrames && String(body["model"]).endsWith("-transition") ? ["Two frames name a transition."] : []),
  ];
}

function isLink(image: unknown): boolean {
  return isSame(image, { url: Object(image).url }) && typeof Object(image).url === "string";
}

function misplaced(path: string, body: Body, submits: DeployedServerOptions["submits"]): readonly string[] {
  const { submit } = familyOf(body);
  const own =
    submit === FAL.submit
      ? (submits?.others ?? submit)
      : submit.replace("/api/mobile", submits?.below ?? "/api/mobile");
  return path === own ? [] : [`${String(body["model"])} is submitted at ${own}.`];
}

function isSame(one: unknown, other: unknown): boolean {
  const sorted = (value: unknown): string =>
    JSON.stringify(Object.entries(Object(value)).sort(([name], [next]) => name.localeCompare(next)));
  return sorted(one) === sorted(other);
}

function isFresh(authorization: string | null): boolean {
  const signedAt = Number(authorization?.split("@")[1]);
  return Date.now() - signedAt < TOKEN_LIFE_MS;
}
