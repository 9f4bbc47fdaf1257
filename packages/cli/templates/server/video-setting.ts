// Settings of the environment. Read when they are needed, so that a build needs no secrets.
import { VideoError } from "@video-engine/video-sdk";

/** The value of an environment variable. Throws `not-configured`, naming it, when it is missing or empty. */
export function requiredSetting(name: string): string {
  const value = process.env[name];
  if (value) return value;
  throw new VideoError("not-configured", {
    message: `${name} is not set. It is one of the settings in .env.example.`,
    details: { setting: name },
  });
}
