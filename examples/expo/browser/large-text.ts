// Text at 200 %, as a device shows it to those who need it. A browser enlarges the whole page, so here each text is made twice as large by itself.
import type { Page } from "playwright-core";

/** Enlarges what is shown now, does something with it, and puts it back. */
export async function withLargeText<T>(page: Page, look: () => Promise<T>): Promise<T> {
  await page.evaluate(`(() => {
    const all = [...document.querySelectorAll("body *")].filter((one) => one.style);
    const sizes = all.map((one) => {
      const { fontSize, lineHeight } = getComputedStyle(one);
      return [one, parseFloat(fontSize) * 2 + "px", lineHeight === "normal" ? "" : parseFloat(lineHeight) * 2 + "px"];
    });
    window.putTextBack = all.map(({ style: { fontSize, lineHeight } }, at) => () => {
      Object.assign(all[at].style, { fontSize, lineHeight });
    });
    for (const [{ style }, fontSize, lineHeight] of sizes) Object.assign(style, { fontSize, lineHeight });
  })()`);
  try {
    return await look();
  } finally {
    await page.evaluate("window.putTextBack.forEach((putBack) => putBack())");
  }
}
