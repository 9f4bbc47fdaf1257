// The routes under the names that the deployed web app calls, over the SDK's handlers: a pair for each family, submits guarded by Turnstile.
import { randomUUID } from "node:crypto";
import type { WebHandler } from "@video-engine/example-sandbox";
import type { VideoRoutes } from "@video-engine/video-sdk/server";

/** Every path with its handler. */
export function createDeployedRoutes({
  generateVideo,
  videoStatus,
}: VideoRoutes): Readonly<Record<string, WebHandler>> {
  const tokens = new Set<string>();
  const submit: WebHandler = async (request) => {
    const { turnstileToken, ...body } = (await request.json()) as Readonly<Record<string, unknown>>; // of our own page
    // Cloudflare's siteverify stands here in an app. It too accepts each token once.
    if (!tokens.delete(String(turnstileToken)))
      return Response.json({ error: "You look like a robot." }, { status: 403 });
    return await generateVideo(
      new Request(request.url, { method: "POST", headers: request.headers, body: ours(body) }),
    );
  };
  const status: WebHandler = async (request) => {
    const url = new URL(request.url);
    const taskId = url.searchParams.get("taskId");
    if (taskId !== null) url.searchParams.set("requestId", taskId);
    return await videoStatus(new Request(url, { headers: request.headers }));
  };
  const turnstile: WebHandler = async () => {
    const token = randomUUID();
    tokens.add(token);
    return Response.json({ token });
  };
  const families = ["fal-generate-videos", "kie-sora-2", "kie-wan-2.5", "kie-seedance-1.5-pro"];
  return {
    "/demo/turnstile": turnstile,
    "/api/pixverse-video": submit,
    ...Object.fromEntries(families.map((family) => [`/api/${family}`, submit])),
    ...Object.fromEntries(families.map((family) => [`/api/${family}/status`, status])),
  };
}

/** The second names of pictures, which only the deployed handlers read. */
const OTHER_NAMES: ReadonlySet<string> = new Set(["imageUrl", "startImageUrl", "endImageUrl"]);

function ours(body: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(Object.fromEntries(Object.entries(body).filter(([name]) => !OTHER_NAMES.has(name))));
}
