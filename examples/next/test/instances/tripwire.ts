// Between an instance and everything that it calls: counts its calls, and stops the world at the one that a test has chosen, before the call
// has arrived or before its answer is back. That is every `await` of a submit that anybody outside can tell apart.
import { once } from "node:events";
import { createServer as createTcpServer, connect } from "node:net";
import { serveHttp } from "@video-engine/example-sandbox";

/** Which call: the name of its gate, and how many calls of that gate came before it. */
export interface TripPoint {
  readonly gate: "redis" | "backend" | "provider";
  readonly index: number;
  /** Whether the call has its effect. */
  readonly side: "request lost" | "answer lost";
}

/** The gates of one instance. */
export interface Tripwire {
  /** The addresses that the instance calls instead of the real ones. */
  readonly redisUrl: string;
  readonly backendUrl: string;
  readonly providersUrl: string;
  /** Calls `onTrip` at this point, once, and lets nothing pass from then on, until it is armed again. Counting begins now. */
  readonly arm: (point: TripPoint | undefined, onTrip: () => void) => void;
  /** The calls since it was armed, in order. */
  readonly calls: () => readonly string[];
  readonly close: () => Promise<void>;
}

/** What is behind the gates. */
export interface BehindGates {
  readonly redisUrl: string;
  readonly backendUrl: string;
  readonly providersUrl: string;
}

/** Opens the gates. */
export async function openTripwire(behind: BehindGates): Promise<Tripwire> {
  let calls: string[] = [];
  let armed: { readonly point: TripPoint; readonly onTrip: () => void } | undefined;
  let isTripped = false;
  /** Counts a call. Returns where it stops. */
  const count = (gate: TripPoint["gate"]): TripPoint["side"] | undefined => {
    const index = calls.filter((name) => name === gate).length;
    calls.push(gate);
    const { point } = armed ?? {};
    return point?.gate === gate && point.index === index ? point.side : undefined;
  };
  const trip = (): void => {
    isTripped = true;
    armed?.onTrip();
  };
  const forever = (): Promise<never> => new Promise(() => undefined);

  const httpGate = async (gate: "backend" | "provider", target: string) =>
    await serveHttp(
      async (request) => {
        const side = count(gate);
        if (side === "request lost") trip();
        if (isTripped) return await forever();
        const { pathname, search } = new URL(request.url);
        const { method, headers: sent } = request;
        sent.delete("connection");
        const body = method === "GET" ? null : await request.arrayBuffer();
        const answer = await fetch(`${target}${pathname}${search}`, { method, headers: sent, body });
        // The body is read here, whole, so what its encoding was does not count.
        const headers = new Headers(answer.headers);
        for (const name of ["content-encoding", "content-length", "transfer-encoding", "connection"])
          headers.delete(name);
        const whole = new Response(await answer.arrayBuffer(), { status: answer.status, headers });
        if (side === "answer lost") trip();
        return isTripped ? await forever() : whole;
      },
      { port: 0, host: "127.0.0.1" },
    );
  const [backend, provider] = await Promise.all([
    httpGate("backend", behind.backendUrl),
    httpGate("provider", behind.providersUrl),
  ]);

  // One script at a time: an instance that serves one request waits for each answer.
  const redis = createTcpServer((near) => {
    const far = connect(Number(new URL(behind.redisUrl).port), "127.0.0.1");
    let side: TripPoint["side"] | undefined;
    near.on("data", (chunk) => {
      if (chunk.includes("\r\neval\r\n")) side = count("redis");
      if (side === "request lost") trip();
      if (!isTripped) far.write(chunk);
    });
    far.on("data", (chunk) => {
      if (side === "answer lost") trip();
      if (!isTripped) near.write(chunk);
    });
    near.on("error", () => far.destroy()).on("close", () => far.destroy());
    far.on("error", () => near.destroy()).on("close", () => near.destroy());
  }).listen(0, "127.0.0.1");
  await once(redis, "listening");
  const address = redis.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;

  return {
    redisUrl: `redis://127.0.0.1:${port}`,
    backendUrl: backend.url,
    providersUrl: provider.url,
    arm: (point, onTrip) => {
      [calls, armed, isTripped] = [[], point && { point, onTrip }, false];
    },
    calls: () => calls,
    close: async () => {
      redis.close();
      await Promise.all([backend.close(), provider.close()]);
    },
  };
}
