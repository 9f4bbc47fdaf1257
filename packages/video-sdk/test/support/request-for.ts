// From a row of what the shipped client sends back to the request by which an app asks for it.
import type { GenerateRequest } from "../../src/index.ts";
import type { DeployedRequest } from "./deployed-requests.ts";

/** The request by which an app asks for what the shipped client sends. */
export function requestFor({ attached, body }: DeployedRequest): GenerateRequest {
  const { imageUrl: _image, startImageUrl: _start, endImageUrl: _end, ...fields } = body;
  return { ...fields, prompt: `a corgi surfing, ${attached}` } as unknown as GenerateRequest; // read from rows of plain data
}
