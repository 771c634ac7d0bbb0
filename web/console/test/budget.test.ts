/** What a browser must load before it shows anything stays small. */
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, type Rolldown } from "vite";
import { expect, it, vi } from "vitest";

const INITIAL_SCRIPT_GZIP_BYTES_MAX = 200_000;
const root = fileURLToPath(new URL("..", import.meta.url));
const BUILD_MS_MAX = 60_000;

it("keeps the initial script within its budget", { timeout: BUILD_MS_MAX }, async () => {
  // A test run is not a production one unless it says so, and React is twice as large then.
  vi.stubEnv("NODE_ENV", "production");
  const outcome = (await build({ root, mode: "production", logLevel: "silent", build: { write: false } })) as Rolldown.RolldownOutput;
  const chunks = new Map(outcome.output.flatMap((each) => (each.type === "chunk" ? [[each.fileName, each] as const] : [])));
  const initial = new Set<string>();
  const add = (fileName: string) => {
    if (initial.has(fileName)) return;
    initial.add(fileName);
    chunks.get(fileName)?.imports.forEach(add);
  };
  for (const chunk of chunks.values()) if (chunk.isEntry) add(chunk.fileName);
  const bytes = [...initial].reduce((sum, fileName) => sum + gzipSync(chunks.get(fileName)?.code ?? "").length, 0);
  expect(initial.size).toBeGreaterThan(0);
  expect(bytes).toBeLessThanOrEqual(INITIAL_SCRIPT_GZIP_BYTES_MAX);
});
