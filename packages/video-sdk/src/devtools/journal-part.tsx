// The engine's records as they are stored. Reads; changes nothing.
import { useEffect, useState, type ReactElement } from "react";
import type { GenerationSnapshot } from "../core/snapshot.ts";
import { keysOf } from "../engine/keys-of.ts";
import type { KeyValueStorage } from "../platform-ports.ts";
import { messageOf } from "./in-words.ts";

interface Props {
  readonly storage: KeyValueStorage | undefined;
  /** Read again when they change. */
  readonly generations: readonly GenerationSnapshot[];
}

/** Every key of the engine begins with it. */
const OURS = "video-engine:";

type Records = readonly (readonly [key: string, text: string])[];

/** The records, newest keys last. */
export function JournalPart({ storage, generations }: Props): ReactElement {
  const [records, setRecords] = useState<Records | string>("Reading ...");
  useEffect(() => {
    let isShown = true;
    if (storage === undefined) return undefined;
    readRecords(storage).then(
      (found) => isShown && setRecords(found),
      (thrown: unknown) => isShown && setRecords(messageOf(thrown)),
    );
    return () => {
      isShown = false;
    };
  }, [storage, generations]);
  if (storage === undefined) return <p>Pass `storage`, the one of the platform, and its records are shown here.</p>;
  if (typeof records === "string") return <p>{records}</p>;
  if (records.length === 0) return <p>Nothing is stored: there is no work left.</p>;
  return (
    <ul>
      {records.map(([key, text]) => (
        <li key={key}>
          <details>
            <summary>
              {key.slice(OURS.length)} <small>{text.length} characters</small>
            </summary>
            <pre tabIndex={0}>{indented(text)}</pre>
          </details>
        </li>
      ))}
    </ul>
  );
}

async function readRecords(storage: KeyValueStorage): Promise<Records> {
  const list = keysOf(storage);
  if (list === undefined) throw new Error("This storage cannot list its keys.");
  const keys = [...(await list())].filter((key) => key.startsWith(OURS)).sort();
  return await Promise.all(keys.map(async (key) => [key, (await storage.getItem(key)) ?? ""] as const));
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}
