// What WaveSpeedAI says of the key: it is asked for a job that is not there. Of its models it says nothing without a paid job.
import { askProvider } from "./ask-provider.ts";
import { findingsOf, type Finding } from "./finding.ts";
import { registryJobs } from "./registry-jobs.ts";

const found = findingsOf("wavespeed");
const NO_JOB = "0".repeat(32);

/** Nothing without a key. */
export async function checkWavespeed(key: string | undefined, send: typeof fetch): Promise<readonly Finding[]> {
  if (!key) return [];
  const count = registryJobs("wavespeed").size;
  const models = found("note", `${count} models go there first; nothing is said of them without a paid job`);
  const url = `https://api.wavespeed.ai/api/v3/predictions/${NO_JOB}/result`;
  const answer = await askProvider(url, { send, headers: { authorization: `Bearer ${key}` } });
  if (!answer.isRead) return [found("unknown", `the key could not be checked: ${answer.reason}`), models];
  const { status } = answer;
  if (status === 401 || status === 403)
    return [found("failed", `the key is refused (${status}): see WAVESPEED_API_KEY`), models];
  // That there is no such job is only said to a caller who is let in.
  if (status === 404 || status === 400) return [found("ok", "the key is taken"), models];
  return [found("unknown", `the key could not be checked: status ${status}`), models];
}
