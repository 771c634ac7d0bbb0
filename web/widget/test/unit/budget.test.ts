/** What a website pays for the widget, and what must never be in its code. Runs on the built files. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const LOADER_GZIP_BYTES_MAX = 3_000;
const FRAME_SCRIPT_GZIP_BYTES_MAX = 30_000;

const gzipBytes = (path: string) => gzipSync(readFileSync(join(ROOT, path)), { level: 9 }).length;
const assets = () => readdirSync(join(ROOT, "dist/frame/assets"));

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name));
}

describe("budget", () => {
  it("keeps the loader under 3 kB", () => {
    expect(gzipBytes("dist/loader.js")).toBeLessThanOrEqual(LOADER_GZIP_BYTES_MAX);
  });

  it("keeps all scripts of the frame together under 30 kB", () => {
    const scripts = assets().filter((name) => name.endsWith(".js"));
    const total = scripts.reduce((sum, name) => sum + gzipBytes(join("dist/frame/assets", name)), 0);
    expect(scripts.length).toBeGreaterThan(0);
    expect(total).toBeLessThanOrEqual(FRAME_SCRIPT_GZIP_BYTES_MAX);
  });
});

describe("build", () => {
  it("has a frame that a policy without inline code allows, with addresses that the server knows", () => {
    const html = readFileSync(join(ROOT, "dist/frame/index.html"), "utf8");
    expect(html).not.toMatch(/<style|style=|<script(?![^>]*\ssrc=)|\son\w+=/i);
    const addresses = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address);
    expect(addresses).toHaveLength(2);
    for (const address of addresses) expect(address).toMatch(/^\/widget\/frame\/assets\/[\w.-]+$/);
  });
});

describe("source", () => {
  it.each([...sources("frame"), ...sources("loader"), "protocol.ts"])("%s has no shortcut around safety", (path) => {
    const text = readFileSync(join(ROOT, path), "utf8");
    expect(text).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|document\.cookie|\beval\(|new Function/);
    expect(text).not.toMatch(/\.onmessage\s*=\s*(?!null)|postMessage\([^)]*["']\*["']/);
    expect(text.split("\n").length).toBeLessThanOrEqual(301);
  });
});
