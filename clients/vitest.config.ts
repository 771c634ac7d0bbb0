import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Each file has a server of its own, and two of them are enough for a small machine.
    maxWorkers: 2,
    reporters: ["verbose", ["junit", { outputFile: "../target/clients/junit.xml" }]],
  },
});
