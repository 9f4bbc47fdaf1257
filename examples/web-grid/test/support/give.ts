// Files that come from outside of the page.
import type { Page } from "playwright-core";
import { picture } from "./picture.ts";

/** A file. */
export interface Given {
  readonly name: string;
  readonly type: string;
  readonly bytes: readonly number[];
}

/** A picture. */
export const photo = (name: string): Given => ({ name, type: "image/png", bytes: [...picture(name).buffer] });

/** Drops or pastes files on the page. */
export async function give(page: Page, how: "drop" | "paste", files: readonly Given[]): Promise<void> {
  await page.evaluate(
    ([kind, given]) => {
      const data = new DataTransfer();
      for (const { name, type, bytes } of given) data.items.add(new File([new Uint8Array(bytes)], name, { type }));
      const event =
        kind === "drop"
          ? new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true })
          : new ClipboardEvent("paste", { clipboardData: data, bubbles: true });
      document.body.dispatchEvent(event);
    },
    [how, files] as const,
  );
}
