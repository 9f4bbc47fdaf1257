import { expect, test, vi } from "vitest";
import { isRecord, toPlainData } from "./plain-data.ts";

const isUnreadable = (value: unknown) => typeof value === "symbol";

test("plain data comes back equal, and as a copy", () => {
  const data = { a: [1, "two", { three: null }], b: false };
  expect(toPlainData(data)).toEqual(data);
  expect(toPlainData(data)).not.toBe(data);
});

test("undefined members are left out", () => {
  expect(toPlainData({ a: undefined, b: 1 })).toStrictEqual({ b: 1 });
});

test("a getter is not run", () => {
  const getter = vi.fn<() => number>();
  const copy = toPlainData(Object.defineProperty({}, "a", { get: getter, enumerable: true }));
  expect(getter).not.toHaveBeenCalled();
  expect(isRecord(copy) && isUnreadable(copy["a"])).toBe(true);
});

test("inherited members are not members", () => {
  expect(toPlainData(Object.create({ model: "vid-ovi" }))).toEqual({});
});

test("a member called __proto__ stays a member and changes no prototype", () => {
  const copy = toPlainData(JSON.parse('{"__proto__": {"model": "vid-ovi"}}'));
  expect(Object.keys(isRecord(copy) ? copy : {})).toEqual(["__proto__"]);
  expect(isRecord(copy) && copy["model"]).toBe(undefined);
  expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
});

test("a proxy that throws is unreadable, where it stands", () => {
  const hostile = new Proxy(
    {},
    {
      ownKeys: () => {
        throw new Error("no");
      },
    },
  );
  const { proxy, revoke } = Proxy.revocable([], {});
  revoke();
  expect(isUnreadable(toPlainData(hostile))).toBe(true);
  expect(isUnreadable(toPlainData(proxy))).toBe(true);
  expect(toPlainData({ a: 1, b: hostile })).toMatchObject({ a: 1 });
});

test("too many members, too long a list, a list of holes and too deep a nest are unreadable", () => {
  const many = Object.fromEntries(Array.from({ length: 33 }, (_, i) => [`a${i}`, i]));
  expect(isUnreadable(toPlainData(many))).toBe(true);
  expect(isUnreadable(toPlainData(Array.from({ length: 33 })))).toBe(true);
  expect(isUnreadable(toPlainData(Object.assign([], { length: 1e9 })))).toBe(true);
  expect(toPlainData(Object.assign([], { length: 2 }))).toEqual([expect.any(Symbol), expect.any(Symbol)]);
  expect(toPlainData({ a: { b: { c: { d: {} } } } })).toEqual({ a: { b: { c: { d: expect.any(Symbol) } } } });
  const loop: Record<string, unknown> = {};
  loop["self"] = loop;
  expect(() => toPlainData(loop)).not.toThrow();
});
