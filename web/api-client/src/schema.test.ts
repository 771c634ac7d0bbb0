/** `schema.ts` is what the generator makes of the committed document, so that neither can go stale. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const GENERATION_MS_MAX = 60_000;

it("is generated from the committed OpenAPI document", { timeout: GENERATION_MS_MAX }, () => {
  const generator = at("../../api-tools/node_modules/.bin/openapi-typescript");
  const generated = execFileSync(generator, [at("../../../docs/openapi.json"), "--default-non-nullable", "false"], { encoding: "utf8" });
  expect(readFileSync(at("./schema.ts"), "utf8")).toBe(generated);
});
