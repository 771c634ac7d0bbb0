/** Build and development server of the console. `vite --mode mock` serves it with the mock backend in dev/mock. */
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { mockBackend } from "./dev/mock/plugin.ts";

const server = process.env["TERTULIA_URL"] ?? "http://127.0.0.1:8080";
const routesOfServer = ["/v1", "/files", "/widget", "/docs", "/demo", "/openapi.json"];

export default defineConfig(({ mode }) => ({
  plugins: [react(), tailwindcss(), ...(mode === "mock" ? [mockBackend()] : [])],
  base: "/",
  build: {
    outDir: "dist",
    assetsDir: "assets",
    // The content security policy allows no data: fonts or scripts, so every asset is a file.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2022",
    cssTarget: ["chrome123", "safari17.5", "firefox121"],
  },
  server: {
    host: "127.0.0.1",
    proxy: mode === "mock" ? {} : Object.fromEntries(routesOfServer.map((path) => [path, { target: server, ws: true }])),
  },
  test: { include: ["src/**/*.test.{ts,tsx}", "test/**/*.test.ts"] },
}));
