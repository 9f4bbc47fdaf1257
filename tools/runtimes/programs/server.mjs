// What runs in every runtime of servers, from the packed packages: a job through the routes to its end. Needs nothing but web standards.
import { createVideoRoutes, kieProvider } from "@video-engine/video-sdk/server";
import { createFakeKie, createProviderFetch } from "@video-engine/video-sdk/testing";

/** Returns what became of it, in a few words. */
export async function runServer() {
  const kie = createFakeKie({ now: Date.now, queueMs: 0, jobMs: 0 });
  const routes = createVideoRoutes({
    authenticate: () => ({ userId: "u1" }),
    providers: [kieProvider({ apiKey: "any", fetch: createProviderFetch([kie]) })],
    signingSecret: "a signing secret of 32 characters",
  });
  const url = "https://app.example/";
  const job = { model: "kie-wan-2.5", prompt: "a corgi", duration: 5, resolution: "720p" };
  const submit = await routes.generateVideo(new Request(url, { method: "POST", body: JSON.stringify(job) }));
  const { requestId } = await submit.json();
  const status = await routes.videoStatus(new Request(`${url}?requestId=${requestId}`));
  const { success, videos } = await status.json();
  return { "a job at the routes": `${submit.status}, ${status.status}, ${success === true ? videos.length : 0} video` };
}
