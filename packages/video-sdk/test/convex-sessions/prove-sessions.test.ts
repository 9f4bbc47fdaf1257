// The check that an owner runs once against the real deployment, here against the embedded one.
import { expect, test } from "vitest";
import { proveSessions } from "../../src/convex-sessions/prove-sessions.ts";
import { openDeployment, openNetwork } from "./support.ts";

test("a deployment that removes repeats is proven, and nothing stays reserved", async () => {
  const deployment = await openDeployment();
  const told: string[] = [];
  const fetchToken = () => Promise.resolve(deployment.tokenOf("alice"));
  const proof = await proveSessions({
    url: deployment.url,
    fetchToken,
    onSeen: (sentence) => void told.push(sentence),
  });
  expect(proof).toEqual({
    isProven: true,
    left: 0,
    seen: [
      "Reserved before: 0.",
      'Reserve 1 credit, the first time: answered {"success":true}.',
      'Reserve 1 credit, the second time: answered {"success":true}.',
      "Reserved after both: 1, so 1 more.",
      "Release 1 credit: answered null.",
      "Reserved at the end: 0.",
    ],
  });
  expect(told).toEqual(proof.seen);
  expect(await deployment.credits()).toMatchObject({ total: 1_000, reserved: 0 });
});

test("one that does not is found out, and both credits are released", async () => {
  const deployment = await openDeployment();
  const { WebSocket } = openNetwork();
  // A deployment that forgets every session at once looks like this: no connection has the session of the one before.
  let connections = 0;
  const forgetting = new Proxy(WebSocket, {
    construct(Inner, [url]: [string]) {
      const socket = new Inner(url);
      const session = `6f0f9f6a-3c5e-4f5e-9d0e-2b6f7d1c8a${10 + connections++}`;
      const send = socket.send.bind(socket);
      socket.send = (text) => send((text as string).replace(/"sessionId":"[^"]+"/, `"sessionId":"${session}"`));
      return socket;
    },
  });
  const fetchToken = () => Promise.resolve(deployment.tokenOf("alice"));
  const proof = await proveSessions({ url: deployment.url, fetchToken, WebSocket: forgetting });
  expect(proof).toMatchObject({ isProven: false, left: 0 });
  expect(proof.seen).toContain("Reserved after both: 2, so 2 more.");
  expect(await deployment.credits()).toMatchObject({ total: 1_000, reserved: 0 });
});

test("where nobody is signed in nothing is changed, and it says so", async () => {
  const deployment = await openDeployment();
  await expect(proveSessions({ url: deployment.url, fetchToken: () => Promise.resolve(null) })).rejects.toThrow(
    "sign in",
  );
});

test("a user without a credit to spare proves nothing", async () => {
  const deployment = await openDeployment();
  const fetchToken = () => Promise.resolve(deployment.tokenFor({ subject: "alice" }));
  const functions = { reserve: "users:captureReservedCredits" };
  const proof = await proveSessions({ url: deployment.url, fetchToken, functions });
  expect(proof).toMatchObject({ isProven: false, left: 0 });
  expect(proof.seen[1]).toMatch(/^Reserve 1 credit, the first time: refused/);
});
