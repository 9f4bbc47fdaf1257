// What the app's functions return, in every shape of facts/app-contract.md, and in shapes they never had.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { VIDEO_ERRORS, type VideoErrorCode } from "../errors.ts";
import { readId, readReservation, readReserved, readSettlement, readSlot } from "./read-answers.ts";

const done = (value: unknown) => ({ ok: true, value });
const refused = (code: VideoErrorCode, extra: object = {}) => {
  const { message, retryable } = VIDEO_ERRORS[code];
  return { ok: false, certainty: "not-done", error: { code, message, retryable, ...extra } };
};

const NO_IDS = [
  null,
  undefined,
  "",
  0,
  5,
  true,
  [],
  ["slot-1"],
  {},
  { id: "slot-1" },
  { generationId: 5 },
  { _id: "" },
];

describe("acquireGenerationSlot", () => {
  test.each([
    [{ ok: true, generationId: "slot-1" }],
    ["slot-1"],
    [{ generationId: "slot-1" }],
    [{ _id: "slot-1" }],
    [{ success: true, generationId: "slot-1" }],
    [{ ok: true, generationId: "", _id: "slot-1" }],
  ])("answered with %j gives the slot", (answer) => {
    expect(readSlot(answer)).toEqual(done("slot-1"));
  });

  test("answered with limit_reached says how many there may be and how many there are", () => {
    expect(readSlot({ ok: false, reason: "limit_reached", limit: 3, active: 3 })).toEqual(
      refused("slot-limit-reached", { details: { limit: 3, active: 3 } }),
    );
  });

  test.each([[{ ok: false, message: "Too many videos." }], [{ success: false, message: "Too many videos." }]])(
    "answered with %j has reached the limit, in the backend's words",
    (answer) => {
      expect(readSlot(answer)).toEqual(refused("slot-limit-reached", { message: "Too many videos.", details: {} }));
    },
  );

  test("answered with another reason is a refusal that says so little", () => {
    expect(readSlot({ ok: false, reason: "no_plan", message: "Choose a plan." })).toEqual(
      refused("internal", { message: "Choose a plan.", details: {} }),
    );
    expect(readSlot({ ok: false, reason: "no_plan" })).toEqual(refused("internal", { details: {} }));
  });

  test("answered with odd numbers says nothing of them", () => {
    expect(readSlot({ ok: false, limit: "3", active: null, message: 7 })).toEqual(
      refused("slot-limit-reached", { details: {} }),
    );
  });

  test.each(NO_IDS)("answered with %j is not understood", (answer) => {
    expect(readSlot(answer)).toMatchObject({ ok: false, certainty: "unknown", error: { code: "protocol-mismatch" } });
  });

  test.each(['{"ok":true,"generationId":"slot-1"}', "slot 1", { generationId: '{"id":"slot-1"}' }])(
    "answered with %j, which is no id, is not understood",
    (answer) => {
      expect(readSlot(answer)).toMatchObject({ ok: false, certainty: "unknown" });
      expect(readId(answer, "createSession")).toMatchObject({ ok: false, certainty: "unknown" });
    },
  );

  test("answered with ok: false gives no slot, even with an id in it", () => {
    expect(readSlot({ ok: false, generationId: "slot-1" })).toMatchObject({ ok: false });
    expect(readSlot({ success: false, _id: "slot-1" })).toMatchObject({ ok: false });
  });
});

describe("reserveCredits", () => {
  test.each([
    [{ success: "false" }],
    [{ success: 0 }],
    [{ success: null }],
    [{ ok: "no" }],
    [{ success: true, ok: false }],
    [{ error: "Not enough." }],
  ])("answered with %j may have reserved or not: it is neither done nor refused", (answer) => {
    expect(readReservation(answer)).toMatchObject({ ok: false, certainty: "unknown" });
  });

  test.each([[{ error: null }], [{ success: true, error: "" }], [{ ok: true, success: true }]])(
    "answered with %j has reserved",
    (answer) => {
      expect(readReservation(answer)).toEqual(done(undefined));
    },
  );

  test.each([
    [{ success: true }],
    [true],
    [1],
    ["ok"],
    [{}],
    [{ reserved: 208 }],
    [{ success: true, message: "Reserved." }],
  ])("answered with %j has reserved", (answer) => {
    expect(readReservation(answer)).toEqual(done(undefined));
  });

  test.each([[{ success: false }], [{ ok: false }], [false]])("answered with %j has not", (answer) => {
    expect(readReservation(answer)).toEqual(refused("insufficient-credits"));
  });

  test("answered with a message keeps the backend's words", () => {
    expect(readReservation({ success: false, message: "You have 12 credits." })).toEqual(
      refused("insufficient-credits", { message: "You have 12 credits." }),
    );
  });
});

describe("createSession and addGenerationToSession", () => {
  test.each([["id-1"], [{ generationId: "id-1" }], [{ sessionId: "id-1" }], [{ _id: "id-1" }]])(
    "answered with %j give the id",
    (answer) => {
      expect(readId(answer, "createSession")).toEqual(done("id-1"));
    },
  );

  test.each(NO_IDS)("answered with %j are not understood, and the message names the function", (answer) => {
    expect(readId(answer, "createSession")).toMatchObject({
      ok: false,
      certainty: "unknown",
      error: { code: "protocol-mismatch", message: "createSession answered without an id." },
    });
  });
});

describe("captureReservedCredits and releaseReservedCredits", () => {
  test.each([
    [null],
    [undefined],
    [true],
    [{}],
    [{ success: true }],
    ["whatever"],
    [{ decided: "captured" }],
    [{ decided: null }],
  ])("answered with %j have settled", (answer) => {
    expect(readSettlement(answer, "captured")).toEqual(done(undefined));
  });

  test("answered with the other decision under the same key have not", () => {
    expect(readSettlement({ decided: "released" }, "captured")).toEqual(
      refused("settlement-failed", { message: "The credits were already released.", details: { decided: "released" } }),
    );
    expect(readSettlement({ decided: "captured" }, "released")).toMatchObject({
      ok: false,
      error: { code: "settlement-failed" },
    });
  });
});

test("no answer that Convex could give makes a reader throw", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (answer) => {
      for (const attempt of [
        readSlot(answer),
        readReservation(answer),
        readId(answer, "f"),
        readSettlement(answer, "released"),
      ]) {
        expect(attempt.ok || attempt.error.code !== "internal").toBe(true);
      }
    }),
    { numRuns: 500, seed: 1 },
  );
});

describe("the balance", () => {
  test.each([0, 208, 208n, 0n])("of %s reserved credits is read", (reserved) => {
    expect(readReserved({ total: 1_000n, reserved })).toEqual(done(Number(reserved)));
  });

  test.each([undefined, null, "208", -1, -1n, 1.5, Number.NaN, Infinity, 2n ** 60n, [208]])(
    "of %s reserved credits is none",
    (reserved) => {
      expect(readReserved({ total: 1_000, reserved })).toMatchObject({ ok: false, certainty: "not-done" });
    },
  );
});
