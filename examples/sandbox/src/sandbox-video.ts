// Makes the sandbox's videos: a ball that crosses a coloured background for two seconds, in any aspect ratio. Real H.264 in a real MP4.
import h264 from "h264-mp4-encoder";

/** A picture's size in pixels. The encoder wants even numbers. */
export interface VideoSize {
  readonly width: number;
  readonly height: number;
}

const FRAMES_PER_SECOND = 24;
const FRAMES = 48;
const AREA = 320 * 180;

/** The size for an aspect ratio such as `9:16`: about 58 000 pixels. Names that are no ratio (`auto`, `landscape`) are 16:9, `portrait` is 9:16. */
export function sandboxVideoSize(aspectRatio: string): VideoSize {
  const [, across = "16", down = "9"] =
    /^([1-9]\d?):([1-9]\d?)$/.exec(aspectRatio === "portrait" ? "9:16" : aspectRatio) ?? [];
  const ratio = Number(across) / Number(down);
  return { width: even(Math.sqrt(AREA * ratio)), height: even(Math.sqrt(AREA / ratio)) };
}

const made = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();

/** The MP4 for an aspect ratio, made at the first call for its size and kept. Takes about 0.2 s. */
export function sandboxVideo(aspectRatio: string): Promise<Uint8Array<ArrayBuffer>> {
  const size = sandboxVideoSize(aspectRatio);
  const name = `${size.width}x${size.height}.mp4`;
  const video = made.get(name) ?? encode(size, name);
  made.set(name, video);
  return video;
}

async function encode({ width, height }: VideoSize, name: string): Promise<Uint8Array<ArrayBuffer>> {
  const encoder = await h264.createH264MP4Encoder();
  try {
    // Every frame is a key frame, because the encoder writes no list of them and players then take all for one.
    const settings = { frameRate: FRAMES_PER_SECOND, speed: 10, groupOfPictures: 1, quantizationParameter: 36 };
    Object.assign(encoder, { ...settings, width, height, outputFilename: name });
    encoder.initialize();
    const pixels = new Uint8Array(width * height * 4);
    for (let frame = 0; frame < FRAMES; frame += 1) {
      paint(pixels, { width, height }, frame / FRAMES);
      encoder.addFrameRgba(pixels);
    }
    encoder.finalize();
    // Copied, because the encoder's file system is shared and outlives it.
    const video = Uint8Array.from(encoder.FS.readFile(name));
    encoder.FS.unlink(name);
    return video;
  } finally {
    encoder.delete();
  }
}

// One frame; `progress` runs from 0 to 1.
function paint(pixels: Uint8Array, { width, height }: VideoSize, progress: number): void {
  const radius = Math.min(width, height) / 6;
  const ball = {
    x: radius + progress * (width - 2 * radius),
    y: height - radius - Math.abs(Math.sin(progress * Math.PI * 3)) * (height - 2 * radius),
  };
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const isBall = (x - ball.x) ** 2 + (y - ball.y) ** 2 < radius ** 2;
      const colour = isBall ? [255, 200, 40] : [30 + (60 * y) / height, 80 + (90 * x) / width, 160];
      pixels.set(colour, (y * width + x) * 4);
    }
  }
}

function even(length: number): number {
  return Math.round(length / 2) * 2;
}
