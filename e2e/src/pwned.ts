// Proof that no text became markup: vectors call pwned() when they run and carry data-pwned when
// they are only let through. Both are looked for in every frame.
import { readFileSync } from "node:fs";

import { type BrowserContext, expect, type Page } from "@playwright/test";

const FILE = new URL("../corpus/xss.txt", import.meta.url);

export const vectors: readonly string[] = readFileSync(FILE, "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"));

/** Counts executions across all pages and frames of a context. */
export class PwnedCounter {
  private readonly executions: string[] = [];

  static async attach(context: BrowserContext): Promise<PwnedCounter> {
    const counter = new PwnedCounter();
    await context.exposeBinding("pwned", (source) => {
      counter.executions.push(source.frame.url());
    });
    return counter;
  }

  async expectNothingRanIn(...pages: Page[]): Promise<void> {
    for (const page of pages) {
      for (const frame of page.frames()) {
        expect(await frame.locator("[data-pwned]").count(), `markup let through in ${frame.url()}`).toBe(0);
      }
    }
    expect(this.executions, "scripts that ran").toEqual([]);
  }
}
