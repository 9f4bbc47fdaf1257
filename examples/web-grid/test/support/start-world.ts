// One backend, one page and one browser for all tests of a project. Each test has a user and a browser profile of its own.
import { serveHttp } from "@video-engine/example-sandbox";
import type { TestProject } from "vitest/node";
import { startServices, type Services } from "../../server/start-services.ts";
import { launchChromium } from "../launch-chromium.ts";

/** What the tests have to know. */
export interface World {
  /** Where the page's server is. */
  readonly pageUrl: string;
  /** Where the page is there. */
  readonly pagePath: string;
  readonly convexUrl: string;
  /** Answers `GET ?prompt=` with the inputs of the jobs that the providers have for it. */
  readonly jobsUrl: string;
  readonly browserUrl: string;
}

declare module "vitest" {
  interface ProvidedContext {
    world: World;
  }
}

/** Serves the page that is tested, over the services at this address. */
export type OpenPage = (apiUrl: string) => Promise<{ readonly url: string; close(): Promise<void> }>;

/** How long the sandbox takes for a video, milliseconds. */
const JOB_MS = 300;

/** Starts it all. Returns a function that ends it. */
export async function startWorld(project: TestProject, pagePath: string, open: OpenPage): Promise<() => Promise<void>> {
  const started: { close(): Promise<unknown> }[] = [];
  const end = async (): Promise<void> => void (await Promise.all(started.map((each) => each.close())));
  const keep = <T extends (typeof started)[number]>(each: T): T => {
    started.unshift(each);
    return each;
  };
  try {
    const services = keep(await startServices({ credits: 1_000, subscriptionPlan: "pro", jobMs: JOB_MS }));
    const listen = { port: 0, host: "127.0.0.1" };
    const jobs = keep(await serveHttp(async ({ url }) => Response.json(jobsFor(services, url)), listen));
    const page = keep(await open(services.apiUrl));
    const browser = keep(await launchChromium());
    const { convexUrl } = services;
    project.provide("world", { pageUrl: page.url, pagePath, convexUrl, jobsUrl: jobs.url, browserUrl: browser.url });
    return end;
  } catch (cause) {
    await end();
    throw cause;
  }
}

function jobsFor({ sandbox }: Services, url: string): readonly unknown[] {
  const prompt = new URL(url).searchParams.get("prompt");
  const inputs = [...(sandbox?.fal.jobs ?? []), ...(sandbox?.kie.tasks ?? [])].map(({ input }) => input);
  return inputs.filter((input) => input["prompt"] === prompt);
}
