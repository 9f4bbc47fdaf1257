// The native side of React Native, as far as JavaScript sees it: runs first in a bare context and leaves its globals there.
import { removeAbsent } from "./absent.ts";
import { FakeXhr } from "./fake-xhr.ts";
import { sandbox } from "./sandbox.ts";
import { runNextTimer, timeGlobals } from "./virtual-time.ts";

/** Hermes has its own; this one is enough for texts. */
class Utf8Encoder {
  encode(text = ""): Uint8Array {
    const bytes = encodeURIComponent(text).replace(/%([0-9A-F]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
    return Uint8Array.from(bytes, (byte) => byte.charCodeAt(0));
  }
}

/** React Native's own keeps its parts and is read by the native side. */
class Parts {
  readonly parts: [string, unknown][] = [];

  append(name: string, value: unknown): void {
    this.parts.push([name, value]);
  }
}

const silent = (): void => undefined;

removeAbsent();
sandbox.runNextTimer = runNextTimer;
Object.assign(globalThis, timeGlobals(), {
  window: globalThis,
  self: globalThis,
  global: globalThis,
  __DEV__: false,
  XMLHttpRequest: FakeXhr,
  FormData: Parts,
  TextEncoder: Utf8Encoder,
  navigator: { product: "ReactNative" },
  process: { env: {} },
  console: { log: silent, info: silent, warn: silent, error: silent, debug: silent, assert: silent },
});
