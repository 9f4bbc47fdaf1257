// What there is, and what it costs: the lists and the breakdown as they are printed.
import { describe, expect, test } from "vitest";
import { inProcess } from "./support/in-process.ts";

describe("models and cost", () => {
  test("models lists every model that is not retired, and all with --all", async () => {
    const { stdout } = await inProcess(["models", "--json"]);
    expect(JSON.parse(stdout)).toHaveLength(53);
    const all = await inProcess(["models", "--all", "--json"]);
    expect(JSON.parse(all.stdout)).toHaveLength(55);
  });

  test("cost shows the breakdown line by line", async () => {
    const { stdout } = await inProcess(["cost", "--model", "vid-veo-3.1", "--resolution", "1080p"]);
    expect(stdout).toMatch(/Veo 3\.1 +240\n1080p +x 1\.5 +360\nAudio +x 1\.2 +432\n8 s +x 1\.6 +692/);
  });

  test.each([
    [["--model", "vid-seedance-2.0", "--duration", "auto"], "Seedance 2.0", 759],
    [["--model", "vid-kling-o3-reference", "--video", "https://clips.test/a.mp4"], "Kling O3 Reference", 560],
    [["--model", "vid-veo-3.1-reference", "--reference", "https://images.test/a.png"], "Veo 3.1 Reference", 534],
  ])("cost of what follows from the provider's price: %j", async (args, label, credits) => {
    const { code, stdout } = await inProcess(["cost", ...args]);
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`${label} +${credits}\n\n${credits} credits`));
    expect(stdout).not.toMatch(/refused|ignored/);
  });
});
