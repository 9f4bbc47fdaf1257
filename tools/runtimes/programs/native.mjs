// Runs both programs in a runtime that loads packages from node_modules by itself. Prints one line of JSON.
import { runClient } from "./client.mjs";
import { runServer } from "./server.mjs";

const version = globalThis.Bun?.version ?? globalThis.Deno?.version.deno ?? process.version.slice(1);
const services = JSON.parse(process.env.SERVICES);
console.log(JSON.stringify({ version, shown: { ...(await runClient(services)), ...(await runServer()) } }));
