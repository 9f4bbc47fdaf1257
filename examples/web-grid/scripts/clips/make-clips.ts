// Makes the clips of the providers' sandbox: paints each scene in Chromium, frame by frame, and has ffmpeg put them together.
//   npm run clips -w examples/web-grid [-- ocean city]        (needs ffmpeg, and a Chrome with WebGL at CHROME_PATH)
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { CLIP_SHAPES, clipName } from "@video-engine/example-sandbox/clips";
import { chromium, type Page } from "playwright-core";
import { launchChromium } from "../../test/launch-chromium.ts";
import { COMMON, MAIN, SCENES } from "./scenes.ts";

const FOLDER = fileURLToPath(new URL("../../../sandbox/clips/", import.meta.url));
const FRAMES = 96;
const FRAMES_PER_SECOND = 24;
const MOST_BYTES = 150_000;

const run = promisify(execFile);
mkdirSync(FOLDER, { recursive: true });
const running = await launchChromium(["--enable-unsafe-swiftshader", "--use-angle=swiftshader"]);
const browser = await chromium.connect(running.url);
try {
  const page = await browser.newPage();
  const [, , ...named] = process.argv;
  for (const [scene, shader] of Object.entries(SCENES).filter(([name]) => named.length === 0 || named.includes(name)))
    for (const shape of Object.values(CLIP_SHAPES))
      await make(page, { shader, size: shape, name: join(FOLDER, clipName(scene, shape)) });
} finally {
  await browser.close();
  await running.close();
}

/** A clip and the picture that it begins with. */
async function make(page: Page, { shader, size, name }: Clip): Promise<void> {
  const frames = mkdtempSync(join(tmpdir(), "clip-"));
  try {
    await page.setContent(`<canvas width="${size.width}" height="${size.height}"></canvas>`);
    await page.evaluate(prepare, COMMON + shader + MAIN);
    for (let frame = 0; frame < FRAMES; frame += 1) {
      const url = await page.evaluate(paint, (frame / FRAMES) * 2 * Math.PI);
      writeFileSync(
        join(frames, `${String(frame).padStart(3, "0")}.png`),
        Buffer.from(url.split(",")[1] ?? "", "base64"),
      );
    }
    const input = ["-y", "-v", "error", "-framerate", String(FRAMES_PER_SECOND), "-i", join(frames, "%03d.png")];
    await run("ffmpeg", [...input, "-frames:v", "1", "-q:v", "6", "-map_metadata", "-1", `${name}.jpg`]);
    let bytes = Infinity;
    // The coarser, the smaller: snow needs more bytes than mist.
    for (let crf = 25; bytes > MOST_BYTES; crf += 3) {
      const video = ["-c:v", "libx264", "-preset", "veryslow", "-crf", String(crf), "-pix_fmt", "yuv420p", "-g", "48"];
      await run("ffmpeg", [...input, ...video, "-movflags", "+faststart", "-map_metadata", "-1", `${name}.mp4`]);
      bytes = statSync(`${name}.mp4`).size;
    }
    console.log(`${name}.mp4: ${bytes} bytes`);
  } finally {
    rmSync(frames, { recursive: true });
  }
}

interface Clip {
  readonly shader: string;
  readonly size: { readonly width: number; readonly height: number };
  /** The path of its files, without their endings. */
  readonly name: string;
}

interface Painter {
  painter: { gl: WebGL2RenderingContext; time: WebGLUniformLocation | null };
}

/** In the page: a program that covers the canvas with the scene. */
function prepare(fragment: string): void {
  const gl = document.querySelector("canvas")?.getContext("webgl2", { preserveDrawingBuffer: true });
  if (!gl) throw new Error("This browser has no WebGL.");
  const program = gl.createProgram();
  const vertex = "#version 300 es\nin vec2 at; void main() { gl_Position = vec4(at, 0, 1); }";
  for (const [type, source] of [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ] as const) {
    const shader = gl.createShader(type);
    if (shader === null) throw new Error("This browser makes no shader.");
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) throw new Error(String(gl.getShaderInfoLog(shader)));
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  gl.useProgram(program);
  gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
  gl.bufferData(gl.ARRAY_BUFFER, new Float32Array([-1, -1, 3, -1, -1, 3]), gl.STATIC_DRAW);
  gl.enableVertexAttribArray(0);
  gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
  gl.uniform2f(gl.getUniformLocation(program, "size"), gl.canvas.width, gl.canvas.height);
  Object.assign(globalThis, { painter: { gl, time: gl.getUniformLocation(program, "t") } });
}

/** In the page: one frame, as a PNG in a data URL. */
function paint(t: number): string {
  const { gl, time } = (globalThis as typeof globalThis & Painter).painter; // of `prepare`
  gl.uniform1f(time, t);
  gl.drawArrays(gl.TRIANGLES, 0, 3);
  return (gl.canvas as HTMLCanvasElement).toDataURL("image/png");
}
