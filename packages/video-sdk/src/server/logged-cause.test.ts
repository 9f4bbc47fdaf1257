// What a log may keep of something that was thrown.
import { describe, expect, test } from "vitest";
import { loggedCause } from "./logged-cause.ts";

describe("an error", () => {
  test("keeps its name, its message, its frames and its causes", () => {
    const cause = Object.assign(new TypeError("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
    const logged = loggedCause(new Error("The copy broke off.", { cause }));
    expect(logged).toEqual({
      name: "Error",
      message: "The copy broke off.",
      stack: expect.stringMatching(/^\s*at .*logged-cause\.test/),
      cause: { name: "TypeError", message: "connect ECONNREFUSED", stack: expect.stringContaining("at ") },
    });
  });

  test("names the code that its message leaves out", () => {
    expect(loggedCause(Object.assign(new Error("getaddrinfo failed"), { code: "ENOTFOUND" })).message).toContain(
      "ENOTFOUND",
    );
  });

  test("with a chain without an end is cut", () => {
    const error = new Error("again");
    error.cause = error;
    expect(JSON.stringify(loggedCause(error)).split("again")).toHaveLength(7);
  });

  test.each([
    ["an address", "GET https://cdn.example/a.mp4?signature=SECRET failed"],
    ["an address in quotes", 'cannot open "https://cdn.example/SECRET.mp4"'],
    ["a database's address", "connect redis://user:SECRET@host:6379"],
    ["a data address", "refused data:video/mp4;base64,SECRET"],
    ["a bearer token", "refused Bearer SECRET.token.value"],
    ["a key in a header", "header authorization: Key SECRET:0001"],
    ["a session token", "jwt eyJhbGciOiJSUzI1NiJ9.SECRET.c2lnbmF0dXJl is expired"],
    ["a long key", "no such key sk1_SECRET00000000000000000000"],
    ["a quotation", 'Unexpected word in "a SECRET prompt"'],
    ["Convex's arguments", 'ArgumentValidationError: Object is missing a field.\n\nObject: {prompt: "SECRET"}'],
  ])("does not keep %s", (_, message) => {
    const error = new Error(message);
    expect(error.stack).toContain("SECRET");
    expect(JSON.stringify(loggedCause(error))).not.toContain("SECRET");
  });

  test("of a parser keeps nothing of what was parsed", () => {
    const parse = () => JSON.parse("SECRET prompt");
    expect(parse).toThrow(SyntaxError);
    try {
      parse();
    } catch (thrown) {
      expect(JSON.stringify(loggedCause(thrown))).not.toContain("SECRET");
    }
  });

  test.each(["a corgi surfing at dawn", "a corgi s", "g surfing at dawn in the rain"])(
    "that repeats the user's text is not kept, wherever it was cut: %s",
    (part) => {
      const known = ["a corgi surfing at dawn in the rain", "a corgi s"];
      expect(loggedCause(new Error(`refused: ${part}!`), known).message).toBe("<text of the user>");
    },
  );
});

describe("a provider's answer", () => {
  const body = {
    detail: [{ loc: ["body", "prompt"], msg: "SECRET", type: "content_policy_violation", input: "SECRET" }],
  };

  test("keeps its status, its shape and its machine words", () => {
    const { name, message } = loggedCause({ isReached: true, status: 422, headers: new Headers(), body });
    expect([name, message]).toEqual([
      "ProviderAnswer",
      expect.stringMatching(/^422 type=content_policy_violation \{"detail"/),
    ]);
    expect(message).not.toContain("SECRET");
  });

  test("that never came keeps why", () => {
    const cause = Object.assign(new TypeError("fetch failed"), { code: "ECONNRESET" });
    expect(loggedCause({ isReached: false, cause })).toMatchObject({
      name: "NoAnswer",
      cause: { message: expect.stringContaining("ECONNRESET") },
    });
  });
});

const unreadable = new Proxy(
  {},
  {
    has(): never {
      throw new Error("no");
    },
  },
);

test.each([
  ["a text", "It took too long.", { name: "string", message: "It took too long." }],
  ["nothing", undefined, { name: "undefined", message: "undefined" }],
  ["an object", { url: "https://cdn.example/SECRET" }, { name: "object", message: '{"url":"string"}' }],
  ["what throws when it is read", unreadable, { name: "unreadable", message: "It throws when it is read." }],
])("%s", (_, thrown, logged) => {
  expect(loggedCause(thrown)).toEqual(logged);
});
