/** `npm run shots`: pictures of the built widget in every look, for people to judge. */

import { defineConfig } from "vitest/config";

export default defineConfig({ test: { include: ["dev/shots.ts"], testTimeout: 120_000 } });
