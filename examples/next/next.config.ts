// How Next builds the example. Knows nothing of video.
import type { NextConfig } from "next";

// An example reports nothing about who builds it.
process.env["NEXT_TELEMETRY_DISABLED"] ??= "1";

const config: NextConfig = {
  // The videos page comes from its sources.
  transpilePackages: ["@video-engine/example-web-grid"],
  // Its badge would cover the price.
  devIndicators: false,
};

export default config;
