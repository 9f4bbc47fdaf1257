// The commands as a person runs them: a child process, its exit code and what it prints.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const MAIN = fileURLToPath(new URL("../src/main.ts", import.meta.url));

/** The head of a PNG of 1280 by 720: all that is looked at before it is sent. */
const PICTURE = Buffer.from("89504e470d0a1a0a0000000d4948445200000500000002d00802000000", "hex");

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Called {
  readonly interruptAt?: string;
  /** Runs once, when this was said. */
  readonly onText?: { readonly at: string; run(): void };
  readonly jobMs?: number;
}

async function command(args: readonly string[], { interruptAt, onText, jobMs = 1_000 }: Called = {}): Promise<Ended> {
  const env = {
    ...process.env,
    CONVEX_URL: "",
    FAL_KEY: undefined,
    KIE_API_KEY: undefined,
    INIT_CWD: undefined,
    SANDBOX_JOB_MS: String(jobMs),
  };
  // A video that a test does not name is saved where the command is called.
  const cwd = mkdtempSync(join(tmpdir(), "video-engine-"));
  const child = spawn(process.execPath, ["--conditions=@video-engine/source", MAIN, ...args], { env, cwd });
  let stdout = "";
  let stderr = "";
  let isDone = false;
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
    const { at, run } = onText ?? { at: interruptAt, run: () => child.kill("SIGINT") };
    if (at === undefined || isDone || !stderr.includes(at)) return;
    isDone = true;
    run();
  });
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout, stderr };
}

describe("generate", () => {
  test("prints its phases and the credits before, held and after, and saves a playable file", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "video-engine-")), "corgi.mp4");
    const flags = ["--model", "vid-veo-3.1-fast", "--duration", "8", "--output", file];
    const { code, stdout, stderr } = await command(["generate", "a corgi surfing", ...flags]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/credits before {2}1000 available; this video costs 208/);
    for (const phase of ["acquiring-slot", "reserving-credits", "submitting", "polling", "saving", "completed"])
      expect(stderr).toContain(phase);
    expect(stderr).toMatch(/credits held {4}208 held, 792 available/);
    expect(stdout).toMatch(/credits after {3}792 available, 0 held/);
    expect(stdout).not.toContain("url");
    expect(existsSync(file) && readFileSync(file).subarray(4, 8).toString()).toBe("ftyp");
  });

  test("--json prints one document and nothing else, also with exactly-once functions", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "video-engine-")), "corgi.mp4");
    const { code, stdout, stderr } = await command([
      "generate",
      "a corgi",
      "--json",
      "--operation-ids",
      "--output",
      file,
    ]);
    expect(code).toBe(0);
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      status: "completed",
      settlement: "captured",
      credits: { after: { reserved: 0 } },
    });
  });

  test("--image with a file of the disk uploads it first, and generates with it", async () => {
    const folder = mkdtempSync(join(tmpdir(), "video-engine-"));
    const [picture, file] = [join(folder, "corgi.png"), join(folder, "corgi.mp4")];
    writeFileSync(picture, PICTURE);
    const flags = ["--model", "vid-seedance-pro", "--image", picture, "--output", file];
    const { code, stdout, stderr } = await command(["generate", "a corgi surfing", ...flags]);
    expect(stderr).toContain("uploading");
    expect([code, existsSync(file)]).toEqual([0, true]);
    expect(stdout).toMatch(/credits after {3}966 available, 0 held/);
  });

  test("a file that is not there, or is no picture, is refused before anything is held", async () => {
    const missing = await command(["generate", "a corgi", "--image", "no-such-file.png"]);
    expect(missing).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('The file "no-such-file.png" cannot be read: it is not there'),
    });
    const text = fileURLToPath(new URL("../package.json", import.meta.url));
    const wrong = await command(["generate", "a corgi", "--model", "vid-seedance-pro", "--image", text]);
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining(`"${text}" holds text`) });
  });

  test("Ctrl-C cancels, says that nothing was charged, and leaves with 130", async () => {
    const { code, stdout, stderr } = await command(["generate", "a corgi surfing"], {
      interruptAt: "polling",
      jobMs: 60_000,
    });
    expect(code).toBe(130);
    expect(stderr).toContain("you were not charged");
    expect(stdout).toMatch(/credits after {3}1000 available, 0 held/);
  });

  test("without enough credits ends with the error's code, its sentence and what became of the credits", async () => {
    const { code, stderr } = await command(["generate", "a corgi", "--credits", "5"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/insufficient-credits: .+/);
    expect(stderr).toContain("No credits were held: you were not charged.");
  });

  test("a refused prompt ends with content-rejected and the credits back", async () => {
    const { code, stdout, stderr } = await command(["generate", "a corgi [scenario:content-policy-violation]"]);
    expect(code).toBe(1);
    expect(stderr).toContain("content-rejected: ");
    expect(stderr).toContain("The credits were given back: you were not charged.");
    expect(stdout).toMatch(/1000 available, 0 held/);
  });
});

describe("a video is not lost by the disk", () => {
  test.each([
    ["a folder", tmpdir(), /--output takes a file/],
    ["a place where nothing can be written", "/dev/null/a.mp4", /Nothing can be saved as "\/dev\/null\/a\.mp4"/],
  ])("%s is refused before anything is paid for", async (_, output, sentence) => {
    const { code, stdout, stderr } = await command(["generate", "a corgi", "--output", output]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toContain("credits before");
  });

  test("a folder that is gone when the video comes: its url, its id and the credits are printed, and the code is 3", async () => {
    const folder = mkdtempSync(join(tmpdir(), "video-engine-"));
    const { code, stdout, stderr } = await command(["generate", "a corgi", "--output", join(folder, "a.mp4")], {
      onText: { at: "polling", run: () => rmSync(folder, { recursive: true }) },
    });
    expect(stdout).toMatch(/credits after {3}982 available, 0 held\nid +\S+\n/);
    expect(stderr).toContain("not saved: it is not there. It was a demo's");
    expect(code).toBe(3);
  });
});

test("--json-stream prints an event a line, and --quiet only the result", async () => {
  const folder = mkdtempSync(join(tmpdir(), "video-engine-"));
  const streamed = await command(["generate", "a corgi", "--json-stream", "--output", join(folder, "a.mp4")]);
  const events = streamed.stdout
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { event: string }).event);
  expect([...new Set(events)]).toEqual(["note", "begun", "moved", "held", "decided", "saved"]);
  const quiet = await command(["generate", "a corgi", "--quiet", "--output", join(folder, "b.mp4")]);
  expect([streamed.stderr, quiet.stderr]).toEqual(["", ""]);
  expect(quiet.stdout).toMatch(/^credits after .*\nid .*\nsaved .*b\.mp4\n$/);
});
