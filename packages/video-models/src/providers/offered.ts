// Narrows a setting to the values that one endpoint publishes. Never changes a value: other values are refused.
import type { ResolvedVideoRequest } from "../video-request.ts";
import { Refusal } from "./refusal.ts";

/** A setting that is chosen from a list. */
type ListSetting = "aspectRatio" | "duration" | "resolution";

/** The setting of the request, as one of the values of the endpoint. Otherwise throws a `Refusal` that lists them. */
export function offered<const Value extends string | number>(
  request: ResolvedVideoRequest,
  setting: ListSetting,
  values: readonly Value[],
): Value {
  const wanted = request[setting];
  const found = values.find((value) => value === wanted);
  if (found === undefined) throw new Refusal(`${setting} ${wanted} is not one of ${values.join(", ")}`);
  return found;
}
