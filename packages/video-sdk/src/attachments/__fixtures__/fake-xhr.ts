// An XMLHttpRequest that does what a test tells it to, and remembers what it was told. Sends nothing.
import type { XhrLike } from "../default-put.ts";

type Listener = ((event: never) => unknown) | null;

/** One request. */
export class FakeXhr implements XhrLike {
  status = 0;
  withCredentials = true;
  onload: Listener = null;
  onerror: Listener = null;
  onabort: Listener = null;
  readonly upload: { onprogress: Listener } = { onprogress: null };
  readonly told: unknown[] = [];

  open(method: string, url: string): void {
    this.told.push(`${method} ${url}`);
  }

  setRequestHeader(name: string, value: string): void {
    this.told.push(`${name}: ${value}`);
  }

  send(body: unknown): void {
    this.told.push(body);
  }

  abort(): void {
    this.told.push("abort");
    call(this.onabort, {});
  }

  /** The storage answers. */
  answer(status: number): void {
    this.status = status;
    call(this.onload, {});
  }

  /** The network breaks. */
  fail(): void {
    call(this.onerror, {});
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
