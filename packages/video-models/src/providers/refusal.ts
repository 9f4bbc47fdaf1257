// Why an endpoint cannot serve a request. Stays inside this folder: callers see an UnservableRequestError.

/** Thrown by an encoder. The message continues a sentence that names the model and the provider. */
export class Refusal extends Error {
  override readonly name = "Refusal";
}
