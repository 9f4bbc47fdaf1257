// What kie.ai says of the key: the balance. It has no free way to ask about a model.
import { findingsOf, reasonOf, type Finding } from "./finding.ts";
import { registryJobs } from "./registry-jobs.ts";

const found = findingsOf("kie");
const ANSWER_MS = 15_000;

/** Nothing without a key. */
export async function checkKie(key: string | undefined, send: typeof fetch): Promise<readonly Finding[]> {
  if (!key) return [];
  const models = found("note", `${registryJobs("kie").size} models: kie.ai says nothing of them without a paid job`);
  try {
    const response = await send("https://api.kie.ai/api/v1/chat/credit", {
      headers: { authorization: `Bearer ${key}` },
      redirect: "error",
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    const { code, data } = (await response.json()) as { code?: unknown; data?: unknown }; // each is looked at
    if (code === 401 || response.status === 401)
      return [found("failed", "the key is refused: see KIE_API_KEY"), models];
    if (code !== 200 || typeof data !== "number")
      return [found("unknown", `the key could not be checked: status ${response.status}`), models];
    return [found(data > 0 ? "ok" : "failed", `the key is taken; ${data} credits are left at kie.ai`), models];
  } catch (thrown) {
    return [found("unknown", `the key could not be checked: ${reasonOf(thrown)}`), models];
  }
}
