/** Builds the script that websites include: one file with a stable name. */

import { defineConfig } from "vite";

export default defineConfig({
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2022",
    lib: { entry: "loader/main.ts", formats: ["iife"], name: "tertuliaLoader", fileName: () => "loader.js" },
  },
});
