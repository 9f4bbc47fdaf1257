// The XMLHttpRequest of the sandbox, which React Native's fetch stands on. It answers from `sandbox.answer` and opens no socket.
import type { FakeAnswer, FakeRequest } from "./sandbox.ts";
import { sandbox } from "./sandbox.ts";

/** The part of XMLHttpRequest that whatwg-fetch uses. */
export class FakeXhr {
  onload?: () => void;
  onerror?: () => void;
  onabort?: () => void;
  onreadystatechange?: () => void;
  readyState = 0;
  status = 0;
  statusText = "";
  responseText = "";
  responseURL = "";
  #request: FakeRequest = { method: "", url: "", headers: {}, body: undefined };
  #timer: unknown;

  open(method: string, url: string): void {
    this.#request = { ...this.#request, method, url };
  }

  setRequestHeader(name: string, value: string): void {
    this.#request.headers[name.toLowerCase()] = value;
  }

  getAllResponseHeaders(): string {
    return "content-type: application/json\r\n";
  }

  send(body: unknown): void {
    const answer = sandbox.answer({ ...this.#request, body: typeof body === "string" ? JSON.parse(body) : undefined });
    if (answer !== "never") this.#timer = setTimeout(() => this.#receive(answer), 20);
  }

  abort(): void {
    sandbox.aborts += 1;
    clearTimeout(this.#timer as number); // our own virtual timer
    this.onabort?.();
  }

  #receive(answer: Exclude<FakeAnswer, "never">): void {
    if (answer === "no-network") {
      this.onerror?.();
      return;
    }
    this.readyState = 4;
    this.status = answer.status;
    this.responseText = JSON.stringify(answer.body);
    this.responseURL = this.#request.url;
    this.onreadystatechange?.();
    this.onload?.();
  }
}
