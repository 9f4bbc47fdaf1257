// What kie.ai says of the key: the balance. It has no free way to ask about a model.
import { askProvider } from "./ask-provider.ts";
import { findingsOf, type Finding } from "./finding.ts";
import { registryJobs } from "./registry-jobs.ts";

const found = findingsOf("kie");

/** Nothing without a key. */
export async function checkKie(key: string | undefined, send: typeof fetch): Promise<readonly Finding[]> {
  if (!key) return [];
  const models = found("note", `${registryJobs("kie").size} models: kie.ai says nothing of them without a paid job`);
  const unknown = (reason: string) => [found("unknown", `the key could not be checked: ${reason}`), models];
  const answer = await askProvider("https://api.kie.ai/api/v1/chat/credit", {
    send,
    headers: { authorization: `Bearer ${key}` },
  });
  if (!answer.isRead) return unknown(answer.reason);
  // kie.ai says its own status in the body, of a 200, too.
  const { code = answer.status, data } = answer.body as { code?: unknown; data?: unknown }; // each is looked at
  if (code === 401) return [found("failed", "the key is refused: see KIE_API_KEY"), models];
  if (code !== 200 || typeof data !== "number") return unknown(`status ${JSON.stringify(code)}`);
  return [found(data > 0 ? "ok" : "failed", `the key is taken; ${data} credits are left at kie.ai`), models];
}
