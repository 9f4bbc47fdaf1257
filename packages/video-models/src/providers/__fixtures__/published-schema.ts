// Test support: the schemas that the providers publish, of the endpoints we use. Copied from their pages and types, 2026-08; those of newer
// models from the types of fal's client of 2026-08-02, with the prices of its pages of 2026-11.
import type { VideoModelEndpoint } from "../job.ts";
import falEndpoints from "./fal-endpoints.json" with { type: "json" };
import type { InputSchema } from "./input-problems.ts";
import newerEndpoints from "./fal-endpoints-2026-11.json" with { type: "json" };
import kieModels from "./kie-models.json" with { type: "json" };

const PUBLISHED: Readonly<Record<string, readonly { readonly endpoint: string; readonly input: InputSchema }[]>> = {
  fal: [...falEndpoints, ...newerEndpoints],
  kie: kieModels,
};

/** The schema of an endpoint. Throws if it is not in the fixtures. */
export function publishedSchema({ provider, endpoint }: VideoModelEndpoint): InputSchema {
  const row = PUBLISHED[provider]?.find((candidate) => candidate.endpoint === endpoint);
  if (row === undefined) throw new Error(`No schema of ${provider} ${endpoint} in the fixtures`);
  return row.input;
}

/** The endpoints of fal that came after those of the plan. */
export const NEWER_ENDPOINTS: readonly string[] = newerEndpoints.map(({ endpoint }) => endpoint);

/** The endpoints in the fixtures of a provider. */
export function publishedEndpoints(provider: "fal" | "kie"): readonly string[] {
  return (PUBLISHED[provider] ?? []).map(({ endpoint }) => endpoint);
}
