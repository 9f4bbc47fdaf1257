// The phone around the screen: background and foreground, no network, and a screen that goes away.
import { screen } from "@testing-library/react-native";
import { openScreen } from "./open-screen.tsx";

describe("background and foreground", () => {
  test("in the background nothing is asked, and in the foreground it goes on to its end", async () => {
    const { device, generate, advance, outside, api, ledger, close } = await openScreen();
    await generate("a corgi");
    await outside(() => device.moveTo("background"));
    expect(screen.getByText("Paused in the background")).toBeOnTheScreen();
    const asked = api.calls.status;
    await advance(600_000);
    expect(api.calls.status).toBe(asked);
    await outside(() => device.moveTo("active"));
    await advance(30_000);
    expect(screen.getByLabelText("Play: a corgi")).toBeOnTheScreen();
    ledger.assertBalanced();
    await close();
  });

  test("a generation that waits for a signed-in user is asked about at once when the app comes back", async () => {
    const { device, generate, until, advance, outside, api, close } = await openScreen();
    for (let times = 0; times < 6; times++) api.failNext("status", { refused: "not-signed-in" });
    await generate("a corgi");
    await until(() => api.calls.status === 6);
    expect(screen.getByText("Paused: sign in to go on")).toBeOnTheScreen();
    await advance(2_000);
    expect(api.calls.status).toBe(6);
    // As after a sign-in in the browser. No code of the app's calls resume() again.
    await outside(() => device.moveTo("background"));
    await outside(() => device.moveTo("active"));
    expect(api.calls.status).toBe(7);
    expect(screen.getByText("Rendering")).toBeOnTheScreen();
    await close();
  });
});

describe("offline and back", () => {
  test("the tile says that there is no network, and goes on when it is back", async () => {
    const { device, generate, advance, outside, ledger, close } = await openScreen();
    await generate("a corgi");
    await outside(() => device.setConnected(false));
    expect(screen.getByText("Paused: you are offline")).toBeOnTheScreen();
    await advance(300_000);
    await outside(() => device.setConnected(true));
    await advance(30_000);
    expect(screen.getByLabelText("Play: a corgi")).toBeOnTheScreen();
    ledger.assertBalanced();
    await close();
  });
});

describe("fault 2 of today's client: nothing survived a closed app", () => {
  test("an app that is closed while a video renders finds it at the next start, in its place, charged once", async () => {
    const first = await openScreen();
    await first.generate("a corgi");
    await first.advance(30_000);
    await first.close();
    first.clock.jump(600_000);

    const second = await openScreen({}, first);
    await second.advance(30_000);
    expect(screen.getByLabelText("Play: a corgi")).toBeOnTheScreen();
    expect(second.api.jobs).toHaveLength(1);
    second.ledger.assertBalanced();
    await second.close();
  });

  test("one that is closed while a picture uploads goes on with the picture from the device's disk", async () => {
    const first = await openScreen();
    first.device.pickNext({ uri: "file:///picture.png", mimeType: "image/png", fileSize: 2_048 });
    await first.press("Add image (optional)");
    await first.generate("it walks away");
    await first.close();

    const second = await openScreen({}, first);
    expect(screen.getByLabelText("Uploading: it walks away")).toBeOnTheScreen();
    await second.advance(120_000);
    expect(screen.getByLabelText("Play: it walks away")).toBeOnTheScreen();
    second.ledger.assertBalanced();
    await second.close();
  });
});

describe("unmounting", () => {
  test("never stops a generation", async () => {
    const { generate, clock, engine, ledger, close } = await openScreen();
    await generate("a corgi");
    await screen.unmount();
    await clock.advance(120_000);
    expect(engine.list()[0]?.status).toBe("completed");
    ledger.assertBalanced();
    await close();
  });
});
