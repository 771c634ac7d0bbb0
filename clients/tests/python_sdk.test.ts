/** The official Python SDK, unmodified: each of its steps is a test here. */

import { execFile } from "node:child_process";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { python } from "../src/bot.ts";
import { House } from "../src/house.ts";

const PROGRAM = join(import.meta.dirname, "../python/exercise.py");
const WITHIN_MS = 60_000;

interface Step {
  step: string;
  error: string | null;
}

const house = await House.open();
afterAll(() => house.close());

for (const mode of ["sync", "async"]) {
  const steps = await run(mode);
  describe(`the Python SDK, ${mode}`, () => {
    it("runs to its end", () => expect(steps.length).toBeGreaterThan(20));
    for (const { step, error } of steps) it(step, () => expect(error).toBeNull());
  });
}

async function run(mode: string): Promise<Step[]> {
  const env = {
    PATH: process.env["PATH"],
    CHATWOOT_URL: house.origin,
    CHATWOOT_TOKEN: house.token,
    CHATWOOT_ACCOUNT_ID: String(house.accountId),
  };
  const output = await new Promise<string>((resolve) => {
    // A step that fails is in the output, and so is the reason.
    execFile(python(), [PROGRAM, mode], { env, timeout: WITHIN_MS }, (_error, stdout, stderr) => {
      if (stderr !== "") console.error(stderr);
      resolve(stdout);
    });
  });
  return output.split("\n").filter(Boolean).map((line) => JSON.parse(line) as Step);
}
