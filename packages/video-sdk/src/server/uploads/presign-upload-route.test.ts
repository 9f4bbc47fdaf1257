// The route, with a storage that only writes down what it is asked to sign. The signing itself: s3-storage.test.ts.
import { describe, expect, test } from "vitest";
import { createRoutesWorld } from "../__fixtures__/routes-world.ts";
import type { VideoUploads } from "./presign-upload-route.ts";
import type { PresignRequest } from "./upload-storage.ts";
import { userUploadFolder, userVideoFolder } from "./user-folder.ts";

function setUp(uploads: Partial<VideoUploads> = {}) {
  const signed: PresignRequest[] = [];
  let count = 0;
  const storage = {
    presign: async (request: PresignRequest) => {
      signed.push(request);
      return { uploadUrl: `https://s3.example/${request.key}?sig`, publicUrl: `https://cdn.example/${request.key}` };
    },
  };
  const world = createRoutesWorld({ uploads: { storage, createId: () => `id-${++count}`, ...uploads } });
  const presign = async (body: unknown, user = "user_2abc") => {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const headers = { authorization: `Bearer ${user}` };
    const response = await world.routes.presignUpload(
      new Request("https://app.example/", { method: "POST", body: text, headers }),
    );
    return { status: response.status, body: await response.json() };
  };
  return { ...world, signed, presign };
}

describe("presignUpload", () => {
  test("answers today's clients in the shape they know, with a key of the user's own", async () => {
    const { presign, signed } = setUp();
    const key = `${await userUploadFolder("user_2abc")}/id-1.png`;
    expect(await presign({ contentType: "image/png" })).toEqual({
      status: 200,
      body: { uploadUrl: `https://s3.example/${key}?sig`, publicUrl: `https://cdn.example/${key}`, key },
    });
    expect(signed).toEqual([{ key, contentType: "image/png", contentLength: undefined, expiresSeconds: 300 }]);
  });

  test.each([
    ["image/png", "png", 20_000_000],
    ["image/jpeg", "jpg", 20_000_000],
    ["image/webp", "webp", 20_000_000],
    ["video/mp4", "mp4", 200_000_000],
    ["video/quicktime", "mov", 200_000_000],
    ["audio/mpeg", "mp3", 15_000_000],
    ["audio/wav", "wav", 15_000_000],
  ])("signs %s as .%s, up to %i bytes", async (contentType, extension, maxBytes) => {
    const { presign, signed } = setUp();
    expect(await presign({ contentType, contentLength: maxBytes })).toMatchObject({ status: 200 });
    expect(signed).toMatchObject([
      { contentType, contentLength: maxBytes, key: expect.stringMatching(`\\.${extension}$`) },
    ]);
    const tooMuch = await presign({ contentType, contentLength: maxBytes + 1 });
    expect(tooMuch).toMatchObject({ status: 413, body: { error: { code: "too-large", details: { maxBytes } } } });
    expect(signed).toHaveLength(1);
  });

  test.each([
    ["HTML", { contentType: "text/html" }],
    ["SVG", { contentType: "image/svg+xml" }],
    ["a type with a parameter", { contentType: "image/png; charset=utf-8" }],
    ["a type in capitals", { contentType: "IMAGE/PNG" }],
    ["a type with a line break", { contentType: "image/png\r\nx-amz-acl: public-read" }],
    ["a member of every object", { contentType: "constructor" }],
    ["no type", {}],
    ["a list of types", { contentType: ["image/png"] }],
    ["no length at all", { contentType: "image/png", contentLength: 0 }],
    ["a length below nothing", { contentType: "image/png", contentLength: -1 }],
    ["half a byte", { contentType: "image/png", contentLength: 1.5 }],
    ["a length in words", { contentType: "image/png", contentLength: "100" }],
    ["an endless length", '{"contentType":"image/png","contentLength":1e400}'],
    ["null", "null"],
    ["a list", "[]"],
    ["no JSON", "contentType=image/png"],
  ])("refuses %s, and signs nothing", async (_, body) => {
    const { presign, signed } = setUp();
    expect(await presign(body)).toMatchObject({ status: 400, body: { error: { code: "invalid-request" } } });
    expect(signed).toEqual([]);
  });

  test("looks at no name, key or folder that a caller sends", async () => {
    const { presign, signed } = setUp();
    await presign({ contentType: "image/png", key: "../../other", fileName: "../x.html", userId: "admin" });
    expect(signed).toMatchObject([{ key: `${await userUploadFolder("user_2abc")}/id-1.png` }]);
  });

  test("refuses a body above 4 KB", async () => {
    expect(await setUp().presign({ contentType: "x".repeat(5000) })).toMatchObject({ status: 413 });
  });

  test("asks for a length where the app says so", async () => {
    const { presign } = setUp({ needsContentLength: true });
    expect(await presign({ contentType: "image/png" })).toMatchObject({
      status: 400,
      body: { error: { details: { issues: [{ path: "contentLength" }] } } },
    });
    expect(await presign({ contentType: "image/png", contentLength: 5 })).toMatchObject({ status: 200 });
  });

  test("signs for ten minutes at most", async () => {
    const { presign, signed } = setUp({ expiresSeconds: 86_400 });
    await presign({ contentType: "image/png" });
    expect(signed).toMatchObject([{ expiresSeconds: 600 }]);
  });

  test.each([-5, 0, 0.5, 300.5, Number.NaN, Number.POSITIVE_INFINITY, 604_801])(
    "that are to work for %s seconds are refused when the routes are built",
    (expiresSeconds) => {
      expect(() => setUp({ expiresSeconds })).toThrow("uploads.expiresSeconds must be whole seconds from 1 to 604800");
    },
  );

  test("gives every file an id of its own", async () => {
    const { storage } = {
      storage: { presign: async ({ key }: PresignRequest) => ({ uploadUrl: key, publicUrl: key }) },
    };
    const { routes } = createRoutesWorld({ uploads: { storage } });
    const keyOf = async () => {
      const init = { method: "POST", body: '{"contentType":"image/png"}', headers: { authorization: "Bearer u1" } };
      return (await (await routes.presignUpload(new Request("https://app.example/", init))).json()).key;
    };
    const [one, other] = [await keyOf(), await keyOf()];
    expect(one).toMatch(/^u\/[0-9a-f]{32}\/[0-9a-f-]{36}\.png$/);
    expect(other).not.toBe(one);
  });

  test("without a storage says what is missing; signed out, it is not reached", async () => {
    const { routes } = createRoutesWorld();
    const ask = async (headers: HeadersInit) =>
      await routes.presignUpload(new Request("https://app.example/", { method: "POST", body: "{}", headers }));
    expect((await ask({})).status).toBe(401);
    const answer = await ask({ authorization: "Bearer u1" });
    expect([answer.status, await answer.json()]).toMatchObject([500, { error: { code: "not-configured" } }]);
  });
});

test("a user's folder is one name without a way out of it, whatever the id, and does not tell the id", async () => {
  for (const userId of ["user_2abc", "../../etc", "a/b", "", "ünï", "x".repeat(10_000)]) {
    expect(await userUploadFolder(userId)).toMatch(/^u\/[0-9a-f]{32}$/);
    expect(await userVideoFolder(userId)).toMatch(/^v\/[0-9a-f]{32}$/);
  }
  expect(await userUploadFolder("a")).not.toBe(await userUploadFolder("b"));
});
