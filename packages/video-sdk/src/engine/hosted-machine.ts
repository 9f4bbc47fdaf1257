// The machine on any engine that can store a text, run something later, and make a call: a queue with a database, a durable workflow, a cron.
// Nothing is kept here between two calls, so any number of processes may be hosts of the same generations.
import type { Effect, OutsideEffect } from "../core/effect.ts";
import type { EventPayload } from "../core/event.ts";
import { isUnfinished, resume } from "../core/resume.ts";
import { snapshotOf, type GenerationSnapshot } from "../core/snapshot.ts";
import type { GenerationPlan } from "../core/state.ts";
import type { Rules, TransitionResult } from "../core/transition-result.ts";
import { initial, transition } from "../core/transition.ts";
import { videoErrorData } from "../errors.ts";
import type { VideoPlatform } from "../platform-ports.ts";
import { decodeHosted, encodeHosted, type HostedRecord } from "./hosted-record.ts";
import { createHostedStore, type HostedMessage, type MachineHost } from "./hosted-store.ts";
import { failureOf } from "./perform-effect.ts";

/** The machine over a host. Every method may be called by several processes at once, and again after a crash. */
export interface HostedMachine {
  /** Starts a generation. A second start of the same id changes nothing. */
  start(plan: GenerationPlan): Promise<GenerationSnapshot>;
  /** Tells an event from outside, such as `{ type: "cancel-requested" }`, or `{ type: "woken" }` after a webhook. */
  tell(id: string, payload: EventPayload): Promise<GenerationSnapshot | undefined>;
  /** Takes a message that was scheduled. */
  receive(message: HostedMessage): Promise<void>;
  /** Schedules again what may have been lost between a store and a crash. Call it for each generation that has not ended, at a start or by a cron. */
  resume(id: string): Promise<void>;
}

/** How long a call may go unanswered, milliseconds. Longer than any of the host's calls may take. */
const CALL_MS = 10 * 60_000;

/** What a hosted machine needs. */
export interface HostedMachineOptions {
  readonly host: MachineHost;
  readonly rules: Rules;
  readonly platform: Pick<VideoPlatform, "clock" | "random">;
}

/** Builds it. */
export function createHostedMachine({ host, rules, platform }: HostedMachineOptions): HostedMachine {
  const { clock, random } = platform;

  const { change, scheduleAll } = createHostedStore(host, clock.now);

  const stepped = (record: HostedRecord, payload: EventPayload): HostedRecord =>
    carried(record, transition(record.state, { ...payload, at: clock.now(), random: random() }, rules), clock.now());

  const call = async (id: string, callId: string): Promise<void> => {
    let effect: OutsideEffect | undefined;
    // Only one of several deliveries begins it: a paid call is never sent twice.
    const begun = await change(id, (record) => {
      const open = record.calls.find((known) => known.id === callId && !known.hasBegun);
      effect = open?.effect;
      return (
        open && {
          ...record,
          calls: record.calls.map((known) => (known === open ? { ...open, hasBegun: true } : known)),
        }
      );
    });
    if (begun === undefined || effect === undefined) return;
    const answer = await host.perform(effect);
    await change(id, (record) => stepped(without(record, callId), answer));
  };

  const giveUp = async (id: string, callId: string): Promise<void> => {
    await change(id, (record) => {
      const open = record.calls.find((known) => known.id === callId);
      if (open === undefined) return undefined;
      const certainty = open.hasBegun ? "unknown" : "not-done";
      return stepped(
        without(record, callId),
        failureOf(open.effect, { certainty, error: videoErrorData("unreachable") }),
      );
    });
  };

  return {
    async start(plan) {
      const first = carried({ state: initial(plan)[0], calls: [], waits: [] }, initial(plan), clock.now());
      if (await host.compareAndSet(plan.id, undefined, encodeHosted(first))) await scheduleAll(plan.id, first);
      const text = await host.load(plan.id);
      return snapshotOf(text === undefined ? first.state : decodeHosted(text).state);
    },
    async tell(id, payload) {
      const next = await change(id, (record) => stepped(record, payload));
      return next && snapshotOf(next.state);
    },
    async receive(message) {
      if (message.type === "call") return await call(message.id, message.call);
      if (message.type === "give-up") return await giveUp(message.id, message.call);
      await change(message.id, (record) => {
        const open = record.waits.find(({ key, until }) => key === message.key && until === message.until);
        if (open === undefined) return undefined;
        const waits = record.waits.filter((wait) => wait !== open);
        return stepped({ ...record, waits }, { type: "wait-elapsed", key: open.key });
      });
    },
    async resume(id) {
      const text = await host.load(id);
      if (text === undefined) return;
      const record = decodeHosted(text);
      if (record.calls.length + record.waits.length > 0) return await scheduleAll(id, record);
      if (!isUnfinished(record.state)) return;
      // Nothing is under way: what was given up is tried again.
      const moment = { at: clock.now(), random: random() };
      await change(id, (idle) => carried(idle, resume(idle.state, moment, rules), moment.at));
    },
  };
}

/** The record after a step: with its new calls and waits, and without those that it ended. */
function carried(record: HostedRecord, [state, effects]: TransitionResult, at: number): HostedRecord {
  return effects.reduce<HostedRecord>((next, effect) => carry(next, effect, at), { ...record, state });
}

function carry(record: HostedRecord, effect: Effect, at: number): HostedRecord {
  const { calls, waits } = record;
  if (effect.type === "stop-waiting") return { ...record, waits: [] };
  if (effect.type === "wait") {
    const { key, until } = effect;
    return { ...record, waits: [...waits.filter((wait) => wait.key !== key), { key, until }] };
  }
  const id = `${effect.type}:${effect.attempt}`;
  return { ...record, calls: [...calls, { id, effect, hasBegun: false, dueAt: at + CALL_MS }] };
}

function without(record: HostedRecord, callId: string): HostedRecord {
  return { ...record, calls: record.calls.filter(({ id }) => id !== callId) };
}
