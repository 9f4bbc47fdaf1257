// Reads plain data of unknown origin, and says everything that is wrong with it at once. In place of a schema library, which would be a tenth of
// what an app downloads.
import { isRecord } from "./plain-data.ts";

/** One thing that is wrong with a value. */
export interface Fault {
  /** Names and indexes, joined by dots; empty for the value as a whole. */
  readonly path: string;
  readonly message: string;
  /** The allowed values, where they are a list. */
  readonly allowed?: readonly unknown[] | undefined;
}

/** What was read: the value, if it has no faults. Of an object with faults, the members that have none. */
export interface Reading<T> {
  readonly value?: T | undefined;
  readonly faults: readonly Fault[];
}

const NONE: readonly Fault[] = [];
const LEFT_OUT = { faults: NONE };

/** Reads one value. Never throws. */
export type Reader<T> = (value: unknown) => Reading<T>;

/** The readers of an object's members. */
export type Readers<T> = { readonly [Name in keyof T]-?: Reader<NonNullable<T[Name]>> };

/** Reads a value that passes a test. */
export function readerOf<T>(
  isGood: (value: unknown) => value is T,
  message: string,
  allowed?: readonly unknown[],
): Reader<T> {
  return (value) => (isGood(value) ? { value, faults: NONE } : { faults: [{ path: "", message, allowed }] });
}

/** Reads one of these values. */
export function oneOf<const T>(values: readonly T[], message: string): Reader<T> {
  return readerOf((value): value is T => values.some((one) => one === value), message, values);
}

/** Reads what may be left out. */
export function optional<T>(read: Reader<T>): Reader<T> {
  return (value) => (value === undefined ? LEFT_OUT : read(value));
}

/** Reads a list. */
export function listOf<T>(read: Reader<T>, message: string): Reader<readonly T[]> {
  const readList = readerOf((value) => Array.isArray(value), message);
  return (value) => {
    const list = readList(value);
    const members = list.value?.map(read);
    if (members === undefined) return list;
    return {
      value: members.map((member) => member.value as T), // undefined only where it has faults
      faults: members.flatMap(({ faults }, index) => within(index, faults)),
    };
  };
}

/** Reads a text or a list of so many characters or members. */
export function ofLength<T extends { readonly length: number }>(
  read: Reader<T>,
  [min, max]: readonly [min: number, max: number],
  message: string,
): Reader<T> {
  return (value) => {
    const reading = read(value);
    const { length = min } = reading.value ?? {};
    if (length >= min && length <= max) return reading;
    return { ...reading, faults: [...reading.faults, { path: "", message }] };
  };
}

/** Reads an object with these members and no others. */
export function objectOf<T extends object>(readers: Readers<T>, message: string): Reader<T> {
  const readObject = readerOf(isRecord, message);
  const members = Object.entries<Reader<unknown>>(readers).map(([name, read]) => ({ name, read }));
  return (value) => {
    const object = readObject(value);
    if (object.value === undefined) return { faults: object.faults };
    const given = object.value;
    const sound: Record<string, unknown> = {};
    const faults: Fault[] = [];
    for (const { name, read } of members) {
      const reading = read(given[name]);
      if (reading.faults.length > 0) faults.push(...within(name, reading.faults));
      else if (reading.value !== undefined) sound[name] = reading.value;
    }
    for (const name of Object.keys(given))
      if (!Object.hasOwn(readers, name)) faults.push({ path: name.slice(0, 64), message: "There is no such field." });
    return { value: sound as T, faults }; // partial only where there are faults
  };
}

function within(place: string | number, faults: readonly Fault[]): readonly Fault[] {
  return faults.map((fault) => ({ ...fault, path: fault.path === "" ? `${place}` : `${place}.${fault.path}` }));
}
