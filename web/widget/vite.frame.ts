/** Builds the frame: hashed assets under the address at which the server serves them. `vite dev` adds the mock. */

import { defineConfig } from "vite";
import { mockPlugin } from "./dev/plugin.ts";

export default defineConfig({
  root: "frame",
  base: "/widget/frame/",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  plugins: [mockPlugin()],
  build: {
    outDir: "../dist/frame",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
});
