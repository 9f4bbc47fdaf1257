// The deployed app: the engine over the routes of the shipped mobile client, against a server that takes only what that client sends.
import { quoteVideo } from "@video-engine/video-models";
import { describe, expect, test } from "vitest";
import { DEPLOYED_REQUESTS, type DeployedRequest } from "../src/testing/index.ts";
import { fakeNetworkAndTime, outcomeOf } from "./support/open-app.ts";
import { expectAsShipped, FRAMES, IMAGE, openDeployedApp, VEO } from "./support/open-deployed-app.ts";

fakeNetworkAndTime();

const nameOf = ({ model, attached }: Pick<DeployedRequest, "model" | "attached">) => `${model}, ${attached}`;

/** What its provider cannot do (any more), and how the engine says so. */
const REFUSED: Readonly<Record<string, { readonly code: string; readonly message: RegExp }>> = {
  "kling-o1-transition, text": { code: "invalid-request", message: /startFrameImageUrl: .* needs a first frame/ },
  "kie-sora-2, image": { code: "model-retired", message: /is retired/ },
  "vid-kandinsky-5, text": { code: "invalid-request", message: /aspectRatio: .* offers 3:2, 1:1, 2:3/ },
  "vid-seedance-lite, text": { code: "model-retired", message: /Use Seedance Pro Fast/ },
  "vid-seedance-lite, image": { code: "model-retired", message: /Use Seedance Pro Fast/ },
};

const SENT = DEPLOYED_REQUESTS.filter((row) => REFUSED[nameOf(row)] === undefined);

describe("each request of the shipped client", () => {
  test.each(SENT)("$model, $attached: is sent with at least its fields and values, and paid for once", async (row) => {
    const app = openDeployedApp();
    const request = row.request;
    const { credits } = app.engine.quote(request);
    const outcome = await outcomeOf(app.engine.generate(request));
    expect(outcome).toMatchObject({ status: "completed", settlement: "captured", credits });
    expect(app.deployed.jobs).toMatchObject([{ path: row.route, body: row.body }]);
    expect(app.backend.books).toMatchObject({ captured: credits, reserved: 0, released: 0 });
    expectAsShipped(app);
  });

  test.each(DEPLOYED_REQUESTS.filter((row) => REFUSED[nameOf(row)] !== undefined))(
    "$model, $attached: is refused with its reason before anything is called",
    async (row) => {
      const app = openDeployedApp();
      const outcome = await outcomeOf(app.engine.generate(row.request));
      const { code, message } = REFUSED[nameOf(row)] ?? {};
      const error = { code, message: expect.stringMatching(message ?? "") };
      expect(outcome).toMatchObject({ status: "failed", settlement: "none", error });
      expect([app.deployed.jobs, app.backend.calls]).toEqual([[], []]);
      expectAsShipped(app);
    },
  );

  test("those that are refused are few, and each is one of the client's", () => {
    const names = DEPLOYED_REQUESTS.map(nameOf);
    expect(Object.keys(REFUSED).filter((name) => !names.includes(name))).toEqual([]);
    expect(SENT.length).toBe(names.length - 5);
  });

  test("another ratio of Kandinsky is told by a note of the quote, with the nearest one", () => {
    const { notes } = quoteVideo({ model: "vid-kandinsky-5", prompt: "", aspectRatio: "16:9" });
    expect(notes).toMatchObject([{ field: "aspectRatio", outcome: "fitted", from: "16:9", to: "3:2" }]);
  });

  test("fields that nobody asked for are there all the same: a ratio and a length", async () => {
    const app = openDeployedApp();
    await outcomeOf(app.engine.generate({ model: "vid-hailuo-2.3-pro", prompt: "x", attachmentImageUrl: IMAGE }));
    expect(app.deployed.jobs).toMatchObject([{ body: { aspectRatio: "16:9", duration: 5 } }]);
    expect(app.deployed.jobs[0]?.body).not.toHaveProperty("resolution");
    expectAsShipped(app);
  });
});

describe("images of Kling O1", () => {
  test("one goes as the image of every other model", async () => {
    const app = openDeployedApp();
    await outcomeOf(app.engine.generate({ model: "kling-o1", prompt: "x", attachmentImageUrl: IMAGE }));
    expect(app.deployed.jobs).toMatchObject([
      { body: { model: "kling-o1", attachmentImageUrl: IMAGE, imageUrl: IMAGE } },
    ]);
    expect(app.deployed.jobs[0]?.body).not.toHaveProperty("klingO1Images");
    expectAsShipped(app);
  });

  test("several go as objects, and may be given so", async () => {
    const app = openDeployedApp();
    const klingO1Images = [{ url: IMAGE }, FRAMES.endFrameImageUrl];
    await outcomeOf(app.engine.generate({ model: "kling-o1", prompt: "x", klingO1Images }));
    const sent = [{ url: IMAGE }, { url: FRAMES.endFrameImageUrl }];
    expect(app.deployed.jobs).toMatchObject([{ body: { klingO1Images: sent } }]);
    expect(app.deployed.jobs[0]?.body).not.toHaveProperty("attachmentImageUrl");
    expectAsShipped(app);
  });

  test("one beside a video stays in the list, so that it is not taken for the first frame", async () => {
    const app = openDeployedApp();
    const klingO1Video = "https://cdn.example.com/v.mp4";
    await outcomeOf(app.engine.generate({ model: "kling-o1", prompt: "x", klingO1Images: [IMAGE], klingO1Video }));
    expect(app.deployed.jobs).toMatchObject([{ body: { klingO1Images: [{ url: IMAGE }], klingO1Video } }]);
    expectAsShipped(app);
  });
});

describe("two frames", () => {
  test("go with the id of the model, at the price of its transition, and are asked about by that id", async () => {
    const app = openDeployedApp();
    const asked = { ...VEO, ...FRAMES };
    const { credits, notes } = app.engine.quote(asked);
    expect(notes).toMatchObject([{ field: "model", from: VEO.model, to: "veo3.1-fast-transition" }]);
    expect(credits).toBe(app.engine.quote({ ...asked, model: "veo3.1-fast-transition" }).credits);
    await outcomeOf(app.engine.generate(asked));
    expect(app.deployed.jobs).toMatchObject([{ body: { model: VEO.model } }]);
    expect(new Set(app.deployed.questions.map(({ query }) => query["modelId"]))).toEqual(new Set([VEO.model]));
    expectAsShipped(app);
  });

  test.each(["kling-2.5-turbo-transition", "kling-o1-transition"] as const)(
    "but one frame of %s goes with its own id, and is asked about by that",
    async (model) => {
      const app = openDeployedApp();
      const outcome = await outcomeOf(app.engine.generate({ model, prompt: "x", startFrameImageUrl: IMAGE }));
      expect(outcome.status).toBe("completed");
      expect(app.deployed.jobs).toMatchObject([{ body: { model } }]);
      expectAsShipped(app);
    },
  );

  test("of a family with routes of its own stay with that family", async () => {
    const app = openDeployedApp();
    await outcomeOf(app.engine.generate({ model: "pixverse-v5-transition", prompt: "x", ...FRAMES }));
    await outcomeOf(app.engine.generate({ model: "kie-seedance-1.5-pro-transition", prompt: "a fox", ...FRAMES }));
    expect(app.deployed.jobs).toMatchObject([
      { path: "/api/mobile/pixverse-video", body: { model: "pixverse-v5" } },
      { path: "/api/mobile/kie-seedance-1.5-pro", body: { model: "kie-seedance-1.5-pro" } },
    ]);
    expectAsShipped(app);
  });
});
