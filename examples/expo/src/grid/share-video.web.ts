// Saves a video where the browser puts downloads.
import { WORDS } from "../words.ts";

// The types of React Native know no document.
declare const document: { createElement(name: "a"): { href: string; download: string; click(): void } };

/** How the button is called. */
export const SHARE_TITLE: string = WORDS.tile.download;

/** Fetched first: a link to another origin would be opened rather than saved. */
export async function shareVideo(url: string, prompt: string): Promise<void> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The file answered ${response.status}.`);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = `${nameOf(prompt)}.mp4`;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** The first words of a prompt, with nothing in them that a disk refuses. */
function nameOf(prompt: string): string {
  const words = prompt.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.join(" ").slice(0, 60).trim() || "video";
}
