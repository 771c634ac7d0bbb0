/** What a website pays for the script, and what must never be in its code. Runs on the built file. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "..");
const SCRIPT_GZIP_BYTES_MAX = 6_000;

describe("sdk.js", () => {
  it("stays under 6 kB", () => {
    const built = gzipSync(readFileSync(join(ROOT, "dist/sdk.js")), { level: 9 });
    expect(built.length).toBeLessThanOrEqual(SCRIPT_GZIP_BYTES_MAX);
  });

  it.each(readdirSync(join(ROOT, "src")))("%s has no shortcut around safety", (name) => {
    const text = readFileSync(join(ROOT, "src", name), "utf8");
    expect(text).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|document\.cookie|\beval\(/);
    expect(text).not.toMatch(/new Function|postMessage/);
  });
});
