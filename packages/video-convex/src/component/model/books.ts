// The component's own credits: grant, reserve, capture, release, refund. Each change of an account is one transaction with its entry in the
// history. A repeat under the same key changes nothing; with other arguments it is refused. Amounts are whole credits.
import type { Doc, Id } from "../_generated/dataModel.ts";
import type { MutationCtx, QueryCtx } from "../_generated/server.ts";
import { checkBooking, DONE, MOST_CREDITS, refused, type Booked, type Booking } from "./booking.ts";
import { count, uncount } from "./ceilings.ts";

/** What a user has: `available` is what a new reservation may take. */
export interface Balance {
  readonly balance: number;
  readonly held: number;
  readonly available: number;
}

/** What a user has. A user without an account has nothing. */
export async function balanceOf(ctx: Pick<QueryCtx, "db">, userId: string): Promise<Balance> {
  const { balance, held } = (await findAccount(ctx, userId)) ?? { balance: 0, held: 0 };
  return { balance, held, available: balance - held };
}

/** Adds credits. */
export async function grant(
  ctx: MutationCtx,
  { amount, note, ...booking }: Booking & { readonly amount: number; readonly note?: string | undefined },
): Promise<Booked> {
  const { userId, key } = booking;
  const checked = checkBooking({ ...booking, amount, note });
  if (!checked.ok) return checked;
  const earlier = await findEntry(ctx, { userId, type: "grant", key });
  if (earlier !== null) return earlier.amount === amount && earlier.note === note ? DONE : keyReused(key);
  const { balance } = await balanceOf(ctx, userId);
  if (balance + amount > MOST_CREDITS) return tooMany(balance, amount);
  await book(ctx, booking, { type: "grant", amount, balance: amount, ...noted(note) });
  return DONE;
}

/**
 * Holds credits, or says how many are missing, or which ceiling is reached. `expiresInMs`: given back after that time, where it is not settled by then.
 * A repeat is done as long as the credits are held or charged: after they were given back, "done" would be taken for credits that are there.
 */
export async function reserve(
  ctx: MutationCtx,
  { amount, expiresInMs, generation, ...booking }: Booking & ReserveArguments,
): Promise<Booked> {
  const { userId, key, at } = booking;
  const checked = checkBooking({ ...booking, amount, expiresInMs });
  if (!checked.ok) return checked;
  const earlier = await findHold(ctx, userId, key);
  if (earlier !== null) {
    const isSame =
      earlier.amount === amount && earlier.expiresInMs === expiresInMs && earlier.generation === generation;
    if (!isSame) return keyReused(key);
    const status = statusOf(earlier, at);
    return status === "held" || status === "captured" ? DONE : alreadySettled(key, status);
  }
  const { available } = await balanceOf(ctx, userId);
  if (amount > available) {
    return refused("insufficient-credits", `${amount} credits are needed, and ${available} are available.`, {
      needed: amount,
      available,
    });
  }
  const counting = await count(ctx, { userId, amount, at });
  if ("exceeded" in counting) {
    const { ceiling, spent } = counting.exceeded;
    const { scope, period, credits } = ceiling;
    const message = `The spend ceiling of ${credits} credits (${period}) leaves ${Math.max(0, credits - spent)}, and ${amount} are needed.`;
    return refused("insufficient-credits", message, { reason: "ceiling", of: scope.split(":")[0], period, credits });
  }
  await ctx.db.insert("holds", {
    ...{ userId, key, amount },
    ...(expiresInMs !== undefined && { expiresInMs, expiresAt: at + expiresInMs }),
    ...(generation !== undefined && { generation }),
    ...{ status: "held", captured: 0, refunded: 0, countedIn: [...counting.counted] },
  });
  await book(ctx, booking, { type: "reserve", amount, held: amount });
  return DONE;
}

/** The generation that settles what it holds. Left out: the app settles what it has reserved. */
interface Settled {
  readonly generation?: Id<"generations"> | undefined;
}

interface ReserveArguments extends Settled {
  readonly amount: number;
  readonly expiresInMs?: number | undefined;
}

/** Charges up to what is held, and gives the rest back. What a generation holds, it alone settles. */
export async function capture(
  ctx: MutationCtx,
  { amount, generation, ...booking }: Booking & Settled & { readonly amount: number },
): Promise<Booked> {
  const { userId, key, at } = booking;
  const checked = checkBooking({ ...booking, amount });
  if (!checked.ok) return checked;
  const hold = await findHold(ctx, userId, key);
  if (hold === null) return notHeld(key);
  if (isOfAnother(hold, generation)) return heldByGeneration(key);
  if (hold.status === "captured") return hold.captured === amount ? DONE : keyReused(key);
  const status = statusOf(hold, at);
  if (status !== "held") return alreadySettled(key, status);
  if (amount > hold.amount) {
    const message = `${amount} credits cannot be captured: "${key}" holds ${hold.amount}.`;
    return refused("settlement-failed", message, { amount, held: hold.amount });
  }
  await ctx.db.patch("holds", hold._id, { status: "captured", captured: amount });
  await uncount(ctx, hold.countedIn, hold.amount - amount);
  await book(ctx, booking, { type: "capture", amount, balance: -amount, held: -hold.amount });
  return DONE;
}

/** Gives back all that is held. What a generation holds, it alone settles. */
export async function release(ctx: MutationCtx, { generation, ...booking }: Booking & Settled): Promise<Booked> {
  const { userId, key } = booking;
  const checked = checkBooking(booking);
  if (!checked.ok) return checked;
  const hold = await findHold(ctx, userId, key);
  if (hold === null) return notHeld(key);
  if (isOfAnother(hold, generation)) return heldByGeneration(key);
  if (hold.status === "captured") return alreadySettled(key, hold.status);
  if (isHeld(hold)) await giveBack(ctx, hold, { booking, type: "release" });
  return DONE;
}

/** Gives back what was charged, or a part of it, once per `refundKey`. Several refunds may follow one another, up to what was captured. */
export async function refund(
  ctx: MutationCtx,
  { amount, refundKey, note, ...booking }: Booking & RefundArguments,
): Promise<Booked> {
  const { userId, key } = booking;
  const checked = checkBooking({ ...booking, amount, refundKey, note });
  if (!checked.ok) return checked;
  const earlier = await findEntry(ctx, { userId, type: "refund", key: refundKey });
  if (earlier !== null) {
    const isSame = earlier.of === key && earlier.amount === amount && earlier.note === note;
    return isSame ? DONE : keyReused(refundKey);
  }
  const hold = await findHold(ctx, userId, key);
  const left = hold === null ? 0 : hold.captured - hold.refunded;
  if (hold === null || amount > left) {
    const message = `${amount} credits cannot be refunded: of "${key}" ${left} are charged and not refunded.`;
    return refused("settlement-failed", message, { amount, left });
  }
  const { balance } = await balanceOf(ctx, userId);
  if (balance + amount > MOST_CREDITS) return tooMany(balance, amount);
  await ctx.db.patch("holds", hold._id, { refunded: hold.refunded + amount });
  await uncount(ctx, hold.countedIn, amount);
  await book(ctx, { ...booking, key: refundKey }, { type: "refund", of: key, amount, balance: amount, ...noted(note) });
  return DONE;
}

interface RefundArguments {
  readonly amount: number;
  readonly refundKey: string;
  readonly note?: string | undefined;
}

/** Gives back a hold whose time is over. */
export async function expire(ctx: MutationCtx, hold: Doc<"holds">, at: number): Promise<void> {
  const { userId, key } = hold;
  if (isHeld(hold) && statusOf(hold, at) === "expired")
    await giveBack(ctx, hold, { booking: { userId, key, at }, type: "expire" });
}

async function giveBack(
  ctx: MutationCtx,
  hold: Doc<"holds">,
  { booking, type }: { readonly booking: Booking; readonly type: "release" | "expire" },
): Promise<void> {
  await ctx.db.patch("holds", hold._id, { status: type === "release" ? "released" : "expired" });
  await uncount(ctx, hold.countedIn, hold.amount);
  await book(ctx, booking, { type, amount: hold.amount, held: -hold.amount });
}

/** Changes an account, and writes its history. The one place that does either. */
async function book(
  ctx: MutationCtx,
  { userId, key, at }: Booking,
  change: Pick<Doc<"entries">, "type" | "amount" | "of" | "note"> & { balance?: number; held?: number },
): Promise<void> {
  const account = (await findAccount(ctx, userId)) ?? { balance: 0, held: 0, entries: 0 };
  const { balance: added = 0, held: moreHeld = 0, ...told } = change;
  const [balance, held, entries] = [account.balance + added, account.held + moreHeld, account.entries + 1];
  const isWorse = balance - held < account.balance - account.held;
  // An account that was set by hand, such as to less than is held, must not keep what is under way from being settled.
  if (held < 0 || (isWorse && held > balance))
    throw new Error(`The account of a user would hold ${held} of ${balance} credits.`);
  if ("_id" in account) await ctx.db.patch("accounts", account._id, { balance, held, entries });
  else await ctx.db.insert("accounts", { userId, balance, held, entries });
  await ctx.db.insert("entries", { ...told, userId, key, at, number: entries, balance, held });
}

async function findAccount(ctx: Pick<QueryCtx, "db">, userId: string): Promise<Doc<"accounts"> | null> {
  return await ctx.db
    .query("accounts")
    .withIndex("by_user", (q) => q.eq("userId", userId))
    .unique();
}

/** The reservation under a key. */
async function findHold(ctx: Pick<QueryCtx, "db">, userId: string, key: string): Promise<Doc<"holds"> | null> {
  return await ctx.db
    .query("holds")
    .withIndex("by_user_and_key", (q) => q.eq("userId", userId).eq("key", key))
    .unique();
}

async function findEntry(
  ctx: MutationCtx,
  { userId, type, key }: Pick<Doc<"entries">, "userId" | "type" | "key">,
): Promise<Doc<"entries"> | null> {
  return await ctx.db
    .query("entries")
    .withIndex("by_user_type_and_key", (q) => q.eq("userId", userId).eq("type", type).eq("key", key))
    .unique();
}

function noted(note: string | undefined): { note?: string } {
  return note === undefined ? {} : { note };
}

/** Clients choose the ids of generations, and an app chooses its keys without knowing them. */
function isOfAnother(hold: Doc<"holds">, generation: Id<"generations"> | undefined): boolean {
  return hold.generation !== undefined && hold.generation !== generation;
}

function heldByGeneration(key: string): Booked {
  const message = `The credits of "${key}" are held by a generation, which settles them by itself. Cancel it to have them back.`;
  return refused("settlement-failed", message, { key, reason: "held-by-generation" });
}

function isHeld({ status }: Doc<"holds">): boolean {
  return status === "held";
}

/** A hold whose time is over has expired, whether or not the sweep was there. */
function statusOf({ status, expiresAt }: Doc<"holds">, at: number): Doc<"holds">["status"] {
  return status === "held" && expiresAt !== undefined && expiresAt <= at ? "expired" : status;
}

function tooMany(balance: number, amount: number): Booked {
  const message = `An account takes at most ${MOST_CREDITS} credits: it has ${balance}, and ${amount} were to be added.`;
  return refused("invalid-request", message, { field: "amount", balance, amount });
}

function keyReused(key: string): Booked {
  return refused("key-reused", `"${key}" was used with other arguments. Use a new key.`, { key });
}

function notHeld(key: string): Booked {
  return refused("not-found", `Nothing is reserved under "${key}".`, { key });
}

function alreadySettled(key: string, status: Doc<"holds">["status"]): Booked {
  return refused("settlement-failed", `The credits of "${key}" were already ${status}.`, { key, decided: status });
}
