// The stored generations of a host: changed one step at a time, however many processes change them, and what is new in them scheduled.
import type { OutsideEffect } from "../core/effect.ts";
import type { EventPayload } from "../core/event.ts";
import { decodeHosted, encodeHosted, type HostedRecord } from "./hosted-record.ts";

/** What a host delivers to `receive`. Plain data. */
export type HostedMessage = { readonly id: string } & (
  | { readonly type: "call"; readonly call: string }
  | { readonly type: "give-up"; readonly call: string }
  | { readonly type: "wait"; readonly key: string; readonly until: number }
);

/** The three things that a host does. */
export interface MachineHost {
  /** 1a. The stored text of a generation. Undefined: there is none. */
  load(id: string): Promise<string | undefined>;
  /** 1b. Stores a text where the stored one is still `expected`, and says whether it did. Once it says so, the text survives a crash. */
  compareAndSet(id: string, expected: string | undefined, next: string): Promise<boolean>;
  /** 2. Delivers a message to `receive` at a time (epoch milliseconds) or later, at least once. Twice, and in any order, is harmless. */
  schedule(message: HostedMessage, at: number): Promise<void>;
  /** 3. Performs one effect, as `createPerformEffect` does: sends each call once. The ledger runs each key once. */
  perform(effect: OutsideEffect): Promise<EventPayload>;
}

/** Changes stored generations. */
export interface HostedStore {
  /** Changes one, and schedules what is new. Undefined: there is none, or `apply` has nothing to do. `apply` may be called several times. */
  change(id: string, apply: (record: HostedRecord) => HostedRecord | undefined): Promise<HostedRecord | undefined>;
  /** Schedules all of it. */
  scheduleAll(id: string, open: Pick<HostedRecord, "calls" | "waits">): Promise<void>;
}

/** The generations that a host stores. */
export function createHostedStore(host: MachineHost, now: () => number): HostedStore {
  const scheduleAll: HostedStore["scheduleAll"] = async (id, { calls, waits }) => {
    for (const { id: call, hasBegun, dueAt } of calls) {
      if (!hasBegun) await host.schedule({ id, type: "call", call }, now());
      await host.schedule({ id, type: "give-up", call }, dueAt);
    }
    for (const { key, until } of waits) await host.schedule({ id, type: "wait", key, until }, until);
  };

  const change: HostedStore["change"] = async (id, apply) => {
    for (;;) {
      const text = await host.load(id);
      if (text === undefined) return undefined;
      const before = decodeHosted(text);
      const next = apply(before);
      if (next === undefined) return undefined;
      if (!(await host.compareAndSet(id, text, encodeHosted(next)))) continue;
      const [known, waited] = [new Set(before.calls.map(({ id: call }) => call)), new Set(before.waits.map(nameOf))];
      await scheduleAll(id, {
        calls: next.calls.filter(({ id: call }) => !known.has(call)),
        waits: next.waits.filter((wait) => !waited.has(nameOf(wait))),
      });
      return next;
    }
  };

  return { change, scheduleAll };
}

function nameOf({ key, until }: { readonly key: string; readonly until: number }): string {
  return `${key}:${until}`;
}
