// The internal caller: let in with the right secret only, and only where there is one.
import { describe, expect, test, vi } from "vitest";
import { ACT_FOR_USER_HEADER, withInternalCaller } from "./internal-caller.ts";
import type { Authenticate } from "./protect-route.ts";
import type { SecretOption } from "./secret-option.ts";
import type { ToldEvent } from "./server-event.ts";

const SECRET = "a cron secret of 24 char";

function setUp({ cronSecret = () => SECRET }: { cronSecret?: SecretOption } = {}) {
  const events: ToldEvent[] = [];
  const authenticate = vi.fn<Authenticate>(() => null);
  const sut = withInternalCaller({ authenticate, cronSecret, onEvent: (event) => void events.push(event) });
  const ask = async (headers: Record<string, string>) => await sut(new Request("https://app.example/", { headers }));
  return { authenticate, events, ask };
}

const acting = (token: string, userId = "user_1") => ({ authorization: token, [ACT_FOR_USER_HEADER]: userId });

describe("the internal caller", () => {
  test("acts for the user it names, and the log knows", async () => {
    const { ask, authenticate, events } = setUp();
    expect(await ask(acting(`Bearer ${SECRET}`))).toEqual({ userId: "user_1" });
    expect(authenticate).not.toHaveBeenCalled();
    expect(events).toEqual([{ type: "acted-for-user", userId: "user_1" }]);
  });

  test("may use either secret while one replaces the other", async () => {
    const { ask } = setUp({ cronSecret: ["the next secret, as long", SECRET] });
    expect(await ask(acting(`bearer ${SECRET}`))).toEqual({ userId: "user_1" });
    expect(await ask(acting("Bearer the next secret, as long"))).toEqual({ userId: "user_1" });
  });

  test.each([
    ["a wrong token", acting(`Bearer ${SECRET}x`)],
    ["the beginning of the token", acting(`Bearer ${SECRET.slice(0, -1)}`)],
    ["the token in other letters", acting(`Bearer ${SECRET.toUpperCase()}`)],
    ["no token", { [ACT_FOR_USER_HEADER]: "user_1" }],
    ["another scheme", acting(`Basic ${SECRET}`)],
    ["the bare token", acting(SECRET)],
    ["the right token and no user", { authorization: `Bearer ${SECRET}` }],
  ] satisfies [string, Record<string, string>][])("with %s is asked to sign in like anyone", async (_, headers) => {
    const { ask, authenticate, events } = setUp();
    expect(await ask(headers)).toBeNull();
    expect([authenticate.mock.calls.length, events]).toEqual([1, []]);
  });

  test.each<[string, SecretOption]>([
    ["empty", ""],
    ["an empty list", []],
    ["a function that finds none", () => undefined],
    ["a function that finds an empty one", () => ""],
  ])("is unknown where the secret is %s", async (_, cronSecret) => {
    const { ask } = setUp({ cronSecret });
    for (const token of ["Bearer ", "Bearer undefined", "Bearer x", `Bearer ${SECRET}`]) {
      expect(await ask(acting(token))).toBeNull();
    }
  });

  test("gets an error for a secret that is too short", async () => {
    const asked = setUp({ cronSecret: "short" }).ask(acting("Bearer short"));
    await expect(asked).rejects.toMatchObject({ code: "not-configured", details: { setting: "CRON_SECRET" } });
  });

  test.each(["", "two users", "x".repeat(257), "ü"])("that names %j is refused", async (userId) => {
    const { ask } = setUp();
    const asked = ask(acting(`Bearer ${SECRET}`, userId));
    await expect(asked).rejects.toMatchObject({ code: "invalid-request" });
  });
});

test("without a secret sign-in is the app's own, unwrapped", () => {
  const authenticate: Authenticate = () => null;
  expect(withInternalCaller({ authenticate })).toBe(authenticate);
});
