import { describe, expect, it } from "vitest";
import { contrast, CONTRAST_TEXT_MIN, parseHex, readableAs, readableOn } from "../../frame/theme/contrast.ts";

const COLORS = Array.from({ length: 125 }, (_, index) => {
  const part = (power: number) => (Math.floor(index / 5 ** power) % 5) * 63;
  return `#${[part(0), part(1), part(2)].map((value) => value.toString(16).padStart(2, "0")).join("")}`;
});
const SURFACES = ["#ffffff", "#f4f5f7", "#252932", "#14161b"];

describe("readableOn", () => {
  it.each(COLORS)("can be read on %s", (color) => {
    expect(contrast(parseHex(readableOn(color)), parseHex(color))).toBeGreaterThanOrEqual(CONTRAST_TEXT_MIN);
  });
});

describe("readableAs", () => {
  it.each(SURFACES)("makes every colour readable on %s", (surface) => {
    for (const color of COLORS) {
      const shade = parseHex(readableAs(color, parseHex(surface)));
      expect(contrast(shade, parseHex(surface)), color).toBeGreaterThanOrEqual(CONTRAST_TEXT_MIN);
    }
  });

  it("leaves a colour that can be read as it is", () => {
    expect(readableAs("#1d4ed8", parseHex("#ffffff"))).toBe("#1d4ed8");
  });
});

describe("parseHex", () => {
  it.each([
    ["#abc", [170, 187, 204]],
    ["#A1b2C3", [161, 178, 195]],
    ["red; } body { display: none", [37, 99, 235]],
    ["", [37, 99, 235]],
  ])("%s", (text, rgb) => {
    expect(parseHex(text)).toEqual(rgb);
  });
});
