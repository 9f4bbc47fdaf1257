// `npm run web`: starts everything, says where the page is, and ends it all on Ctrl-C.
import { parseArgs } from "node:util";
import { servePage } from "./serve-page.ts";
import { startServices } from "./start-services.ts";

const HELP = `npm run web -- [flags]

Starts a Convex backend, the providers' sandbox, a bucket, the routes and the page, and prints the page's address.
  --port <n>      the page's port (default: 5173; 0 for a free one)
  --credits <n>   what a user starts with (default: 1000)
  --plan <name>   basic, pro or max: 1, 3 or 10 videos at once (default: pro)
  --job-ms <n>    how long the sandbox takes for a video (default: 12000)
  --exactly-once  functions that take no key, each of them run once by the deployment's memory of sessions
  --server-driven generations that run in the deployment, also while the page is closed
  --built         serves the built page in place of the sources

Other users of the same demo: open the address with ?user=anna`;

const PLANS = ["basic", "pro", "max"] as const;

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "5173" },
    credits: { type: "string", default: "1000" },
    plan: { type: "string", default: "pro" },
    "job-ms": { type: "string", default: "12000" },
    "exactly-once": { type: "boolean", default: false },
    "server-driven": { type: "boolean", default: false },
    built: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

if (values.help) console.log(HELP);
else await run();

async function run(): Promise<void> {
  const subscriptionPlan = PLANS.find((plan) => plan === values.plan);
  if (subscriptionPlan === undefined) throw new Error(`--plan takes ${PLANS.join(", ")}. It was "${values.plan}".`);
  const credits = wholeNumber("credits");
  const services = await startServices({ credits, subscriptionPlan, jobMs: wholeNumber("job-ms") });
  const page = await servePage({ apiUrl: services.apiUrl, port: wholeNumber("port"), isBuilt: values.built }).catch(
    async (cause: unknown) => {
      await services.close();
      throw cause;
    },
  );
  const switches = (["exactly-once", "server-driven"] as const).filter((name) => values[name]);
  const query = switches.length === 0 ? "" : `?${switches.join("&")}`;
  console.log(`The videos page is at ${page.url}${query}  (Ctrl-C ends it)`);
  const end = (): void => void Promise.all([page.close(), services.close()]);
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
}

function wholeNumber(name: "port" | "credits" | "job-ms"): number {
  const text = values[name];
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} takes a whole number. It was "${text}".`);
  return Number(text);
}
