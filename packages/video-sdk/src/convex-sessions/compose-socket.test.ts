import { expect, test } from "vitest";
import { composeSocket } from "./compose-socket.ts";

/** As React Native's: made by a function that refuses to be subclassed, with an event in place of each listener. */
function nativeSocket() {
  const made: { url: string; sent: string[]; closed: unknown[]; readyState: number }[] = [];
  function NativeSocket(this: object, url: string): object {
    if (new.target !== (NativeSocket as unknown)) throw new TypeError("NativeSocket cannot be subclassed.");
    const socket = {
      url,
      sent: [] as string[],
      closed: [] as unknown[],
      readyState: 0,
      send: (text: string) => void socket.sent.push(text),
      close: (...reason: unknown[]) => void socket.closed.push(reason),
    };
    made.push(socket);
    return socket;
  }
  return { made, Native: NativeSocket as unknown as typeof WebSocket };
}

const passing = {
  outgoing: (text: string) => text,
  incoming: (text: string) => text,
  onUnreadable: () => expect.fail("It can be read."),
};

test("it is composed, not subclassed: React Native's WebSocket cannot be", () => {
  const { made, Native } = nativeSocket();
  const Composed = composeSocket(Native, passing);
  const socket = new Composed("wss://deployment.test/api/1.48.0/sync");
  for (const inner of made) inner.readyState = 1;
  expect([made[0]?.url, socket.readyState]).toEqual(["wss://deployment.test/api/1.48.0/sync", 1]);
  socket.close(1000, "done");
  expect(made[0]?.closed).toEqual([[1000, "done"]]);
});

test("texts are rewritten or dropped, both ways", () => {
  const { made, Native } = nativeSocket();
  const change = (text: string) => (text === "drop" ? undefined : `${text}!`);
  const Composed = composeSocket(Native, { ...passing, outgoing: change, incoming: change });
  const socket = new Composed("wss://deployment.test");
  const heard: unknown[] = [];
  socket.onmessage = ({ data }) => heard.push(data);
  const inner = made[0] as unknown as WebSocket;
  for (const data of ["a", "drop"]) {
    socket.send(data);
    inner.onmessage?.({ data } as MessageEvent);
  }
  expect([made[0]?.sent, heard]).toEqual([["a!"], ["a!"]]);
});

test("what the connection does is passed on to the listener that is set then", () => {
  const { made, Native } = nativeSocket();
  const Composed = composeSocket(Native, passing);
  const socket = new Composed("wss://deployment.test");
  const inner = made[0] as unknown as Record<string, (event: unknown) => void>;
  const events: unknown[] = [];
  inner["onopen"]?.("not listened to");
  socket.onopen = (event) => events.push(event);
  socket.onerror = (event) => events.push(event);
  socket.onclose = (event) => events.push(event);
  for (const name of ["onopen", "onerror", "onclose"]) inner[name]?.(name);
  expect(events).toEqual(["onopen", "onerror", "onclose"]);
});

test.each(["a text that cannot be read", "a client that throws"])("%s is told, and throws no further", (what) => {
  const { made, Native } = nativeSocket();
  let times = 0;
  const onUnreadable = (): void => void times++;
  const incoming = (text: string): string => (what.startsWith("a text") ? expect.fail("unreadable") : text);
  const Composed = composeSocket(Native, { ...passing, incoming, onUnreadable });
  const socket = new Composed("wss://deployment.test");
  socket.onmessage = () => expect.fail("unreadable");
  (made[0] as unknown as WebSocket).onmessage?.({ data: "a" } as MessageEvent);
  expect(times).toBe(1);
});
