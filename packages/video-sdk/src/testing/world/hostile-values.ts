// What code that is not ours may throw: values that are no errors, and errors that cannot be read. Uses no engine.

const throwing = (): never => {
  throw new Error("Do not look at me.");
};

function revokedProxy(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

function cyclic(): Error {
  const error = new Error("It holds itself.");
  return Object.assign(error, { cause: error, self: error });
}

/** As an error of another realm, such as a frame or a worker, is no `Error` of ours. */
function ofAnotherRealm(): object {
  const prototype = Object.assign(Object.create(null) as object, {
    name: "TypeError",
    toString: () => "TypeError: no",
  });
  return Object.assign(Object.create(prototype) as object, { message: "Failed to fetch", stack: 7 });
}

/** Each is made anew, because some can be used once only. */
const HOSTILE: readonly (() => unknown)[] = [
  () => null,
  () => undefined,
  () => Object.freeze(new Error("It cannot be changed.")),
  () => new Proxy({}, { get: throwing, has: throwing, getPrototypeOf: throwing, ownKeys: throwing }),
  revokedProxy,
  () => Object.defineProperty(new Error("x"), "message", { get: throwing }),
  () => Object.defineProperty(new Error("x"), "stack", { get: throwing }),
  cyclic,
  () => Promise.resolve("A promise is no error."),
  () => new Error("The words are many. ".repeat(20_000)),
  () => new Error("Half a character: \uD83D"),
  ofAnotherRealm,
  () => Symbol("thrown"),
  () => Object.create(null) as object,
  () => 1n,
];

/** The nth hostile value, from the beginning again after the last. */
export function hostileValue(nth: number): unknown {
  return HOSTILE[nth % HOSTILE.length]?.();
}
