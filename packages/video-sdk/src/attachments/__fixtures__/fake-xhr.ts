// An XMLHttpRequest that a test controls, and that records its calls. Sends nothing.
import type { XhrLike } from "../default-put.ts";

type Listener = ((event: never) => unknown) | null;

/** One request. */
export class FakeXhr implements XhrLike {
  status = 0;
  withCredentials = true;
  onload: Listener = null;
  onerror: Listener = null;
  onabort: Listener = null;
  ontimeout: Listener = null;
  onloadend: Listener = null;
  responseText = "";
  readonly upload: { onprogress: Listener } = { onprogress: null };
  readonly calls: unknown[] = [];

  open(method: string, url: string): void {
    this.calls.push(`${method} ${url}`);
  }

  setRequestHeader(name: string, value: string): void {
    this.calls.push(`${name}: ${value}`);
  }

  send(body: unknown): void {
    this.calls.push(body);
  }

  abort(): void {
    this.calls.push("abort");
    this.end("onabort");
  }

  /** The storage answers. */
  answer(status: number): void {
    this.status = status;
    this.end("onload");
  }

  /** The network breaks, or the system says why it sends nothing. */
  fail(said = ""): void {
    this.responseText = said;
    this.end("onerror");
  }

  /** An end by one event, with or without the one that follows all others. */
  end(by: "onload" | "onerror" | "ontimeout" | "onabort" | "onloadend"): void {
    call(this[by], {});
    if (by !== "onloadend") call(this.onloadend, {});
  }

  /** Bytes have gone out. */
  progress(loaded: number, total: number): void {
    call(this.upload.onprogress, { loaded, total, lengthComputable: total > 0 });
  }
}

function call(listener: Listener, event: object): void {
  listener?.(event as never); // a listener of any event: the runtime knows which
}

/** A class whose only instances are counted here. */
export function fakeXhrClass(): { readonly Xhr: new () => FakeXhr; readonly made: readonly FakeXhr[] } {
  const made: FakeXhr[] = [];
  class Counted extends FakeXhr {
    constructor() {
      super();
      made.push(this);
    }
  }
  return { Xhr: Counted, made };
}
