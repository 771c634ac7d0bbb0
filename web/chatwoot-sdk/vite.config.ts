/** Builds the script that Chatwoot's snippet asks for: one file with a stable name. */

import { defineConfig } from "vite";

export default defineConfig({
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2020",
    lib: { entry: "src/main.ts", formats: ["iife"], name: "tertuliaChatwootSdk", fileName: () => "sdk.js" },
  },
});
