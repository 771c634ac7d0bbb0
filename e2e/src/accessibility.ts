// Runs axe in a page or frame; a serious finding is a failed test with the element's markup in it.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

import type { AxeResults } from "axe-core";
import { expect, type Frame, type Page } from "@playwright/test";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
// An experimental rule; it takes the initials in a picture of a person for the button's text.
const OFF = { "label-content-name-mismatch": { enabled: false } };

export async function expectAccessible(where: Page | Frame, name: string): Promise<void> {
  // Colours are judged as they are in the end, not in the middle of a transition.
  await where.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => null))));
  await where.evaluate(AXE);
  const results = await where.evaluate<AxeResults, { tags: string[]; rules: object }>(
    async ({ tags, rules }) => {
      const { axe } = window as unknown as { axe: { run(root: Document, options: object): Promise<AxeResults> } };
      return axe.run(document, { runOnly: { type: "tag", values: tags }, rules });
    },
    { tags: TAGS, rules: OFF },
  );
  const findings = results.violations.map(
    (violation) => `${violation.id}: ${violation.help}\n${violation.nodes.map((node) => `    ${node.html}`).join("\n")}`,
  );
  expect(findings, `accessibility of ${name}`).toEqual([]);
}
