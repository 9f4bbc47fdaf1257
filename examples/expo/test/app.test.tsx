// The whole app as it is composed: ConvexReactClient over a WebSocket, the app's routes over HTTP, files from the disk.
import { fireEvent, render, screen, userEvent, waitFor } from "@testing-library/react-native";
import { rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { App } from "../src/app.tsx";
import { composeApp, type AppParts } from "../src/compose.ts";
import { SignedInApp } from "../src/signed-in-app.tsx";
import { createDevice } from "./device.ts";
import { serveBackend, type ServedBackend } from "./serve-backend.ts";

const SLOW = { timeout: 120_000 };
const PICTURE = join(tmpdir(), `picture-${process.pid}.png`);
const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

let backend: ServedBackend;
let parts: AppParts;

beforeAll(async () => {
  backend = await serveBackend();
  parts = composeApp(backend);
}, 180_000);

afterAll(async () => {
  try {
    parts.engine.dispose();
    await parts.convex.close();
  } finally {
    // Also after a set-up that failed: a backend that runs on keeps Jest from ending.
    await backend.stop();
    rmSync(PICTURE, { force: true });
  }
});

test("without a backend the app says what to set", async () => {
  await render(<App />);
  expect(screen.getByRole("alert")).toHaveTextContent(/^Set EXPO_PUBLIC_CONVEX_URL/);
});

test("on a real backend: a picture is uploaded, the video comes to the grid, and the credits go down by what it cost", async () => {
  const device = createDevice();
  const user = userEvent.setup();
  await render(<SignedInApp parts={parts} />);
  await waitFor(() => expect(screen.getByLabelText("1,000 credits")).toBeOnTheScreen(), SLOW);

  writeFileSync(PICTURE, Buffer.from(PIXEL, "base64"));
  device.pickNext({ uri: pathToFileURL(PICTURE).href, mimeType: "image/png", fileSize: 70, width: 0, height: 0 });
  await user.press(screen.getByLabelText("Add image (optional)"));
  await waitFor(() => expect(screen.getByLabelText("Image: Uploaded")).toBeOnTheScreen(), SLOW);

  await fireEvent.changeText(screen.getByLabelText("Describe the video"), "it walks away");
  await user.press(screen.getByLabelText("Generate"));
  await waitFor(() => expect(screen.getByLabelText("Play: it walks away")).toBeOnTheScreen(), SLOW);
  await waitFor(() => expect(screen.getByLabelText("539 credits")).toBeOnTheScreen(), SLOW);
  expect(screen.getByLabelText("Session title")).toHaveDisplayValue("it walks away");
  await waitFor(
    () => expect(parts.engine.list()).toMatchObject([{ settlement: "captured", request: { mode: "image-to-video" } }]),
    SLOW,
  );
}, 90_000);
