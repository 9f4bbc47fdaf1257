// Which settings are there. Never their values.
import { findingsOf, type Finding } from "./finding.ts";

/** A setting, and what is missing without it. */
const SETTINGS: readonly (readonly [name: string, without: string])[] = [
  ["FAL_KEY", "fal's models go to another provider, or are refused"],
  ["KIE_API_KEY", "kie.ai's models go to another provider, or are refused"],
  ["WAVESPEED_API_KEY", "WaveSpeedAI's models go to another provider, or are refused"],
  ["VIDEO_SIGNING_SECRET", "the routes refuse every job"],
  ["VIDEO_SERVER_SECRET", "no reservation can be checked before a job is paid for"],
  ["CONVEX_URL", "the functions are not looked at"],
  ["CONVEX_TOKEN", "the functions are not looked at as a user"],
  ["ROUTES_URL", "the routes are not looked at"],
];

const LEAST_SECRET_LENGTH = 32;

/** A finding for each setting. */
export function checkSettings(env: NodeJS.ProcessEnv): readonly Finding[] {
  const found = findingsOf("settings");
  return SETTINGS.map(([name, without]) => {
    const value = env[name] ?? "";
    if (value === "") return found("note", `${name} is not set: ${without}`);
    if (value !== value.trim() || /^["'‘’“”]|["'‘’“”]$/.test(value))
      return found("failed", `${name} has spaces or quotes around it: they are part of the value`);
    if (name.endsWith("_SECRET") && value.length < LEAST_SECRET_LENGTH)
      return found("failed", `${name} has ${value.length} characters: at least ${LEAST_SECRET_LENGTH} are needed`);
    return found("ok", `${name} is set`);
  });
}
