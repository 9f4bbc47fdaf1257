// Starts a sandbox from the shell: `npm start -w examples/sandbox`. PORT and JOB_MS change its port and pace.
import { startSandbox } from "./start-sandbox.ts";

const { PORT = "4400", JOB_MS = "8000" } = process.env;
const { url } = await startSandbox({ port: Number(PORT), jobMs: Number(JOB_MS) });
console.log(`The sandbox answers for fal, kie.ai, WaveSpeedAI and OpenRouter at ${url}`);
