// The id of a job that a provider took, where its answer is not as documented: a paid job must not be lost to the name of a member.
import { hasContent } from "../../has-content.ts";
import { isRequestId } from "./provider.ts";

/** How providers name a job, the clearest name first. */
const NAMES = ["request_id", "requestId", "taskId", "task_id", "jobId", "job_id", "id"];

/**
 * The id in an answer that says that a job was taken: in its `data`, or beside it. A number is read as text. Undefined without one, and beside an
 * error, where an id may be that of the request. Look for the documented place first.
 */
export function takenJobIn(body: unknown): string | undefined {
  const places = [Object(body), Object(Object(body).data)] as readonly Readonly<Record<string, unknown>>[];
  if (places.some(({ error }) => hasContent(error))) return undefined;
  const ids = places.toReversed().flatMap((place) => NAMES.map((name) => place[name]));
  return ids.map((id) => (Number.isSafeInteger(id) && Number(id) > 0 ? String(id) : id)).find(isRequestId);
}
