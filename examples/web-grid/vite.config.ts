import react from "@vitejs/plugin-react";
import { defaultClientConditions, defineConfig } from "vite";

export default defineConfig({
  plugins: [react()],
  // The packages from their sources, as everywhere in this repository; an app has the published ones and needs no such line.
  resolve: { conditions: ["@video-engine/source", ...defaultClientConditions] },
  build: { target: "es2022", reportCompressedSize: false },
});
