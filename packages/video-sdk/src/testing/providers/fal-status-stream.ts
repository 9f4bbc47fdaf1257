// fal's stream of a job's status: one event per change, until the job has ended. Time comes in; knows nothing of routing or keys.
import { playCallFault } from "./call-fault.ts";
import { falJobStateAt, falLogsAt, falStatusAt, type FalJobRecord } from "./fal-job.ts";

/** Time, and a way to wait for it. */
export interface PassingTime {
  /** Milliseconds. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

/** How often a job that is waited for is looked at, milliseconds. */
const LOOK_MS = 50;

/** Answers GET .../status/stream. An event carries the log lines that none before it has carried. */
export function answerFalStatusStream(record: FalJobRecord, time: PassingTime, withLogs: boolean): Response {
  const fault = record.statusFaults.shift();
  if (fault !== undefined) return playCallFault(fault);
  const events = statusEvents(record, time, withLogs);
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull: async (controller) => {
      const { done, value } = await events.next();
      if (done === true) controller.close();
      else controller.enqueue(new TextEncoder().encode(`data: ${JSON.stringify(value)}\n\n`));
    },
    cancel: async () => void (await events.return(undefined)),
  });
  return new Response(body, { headers: { "content-type": "text/event-stream", "x-fal-request-id": record.job.id } });
}

/** Waits until a job has ended. */
export async function untilFalJobEnds(record: FalJobRecord, { now, sleep }: PassingTime): Promise<void> {
  while (falJobStateAt(record, now()) !== "COMPLETED") await sleep(LOOK_MS);
}

async function* statusEvents(record: FalJobRecord, { now, sleep }: PassingTime, withLogs: boolean) {
  let sent: string | undefined;
  let linesSent = 0;
  for (;;) {
    const status = falStatusAt(record, now());
    const lines = withLogs ? falLogsAt(record, now()) : [];
    if (status.status !== sent || lines.length > linesSent) {
      yield { ...status, logs: withLogs ? lines.slice(linesSent) : null };
      sent = status.status;
      linesSent = lines.length;
    }
    if (status.status === "COMPLETED") return;
    await sleep(LOOK_MS);
  }
}
