/** Readable colours from one accent colour, by the contrast formula of WCAG 2. */

export type Rgb = readonly [red: number, green: number, blue: number];

export const CONTRAST_TEXT_MIN = 4.5;
const WHITE: Rgb = [255, 255, 255];
const WHITE_HEX = "#fff";
const BLACK_HEX = "#000";
/** Where white and black are equally far from a background, at 4.58: (1.05 × 0.05)½ − 0.05. */
const EQUAL_CONTRAST_LUMINANCE = 0.179;
const FALLBACK: Rgb = [37, 99, 235];

/** Reads `#abc` and `#aabbcc`; anything else is our own blue. */
export function parseHex(color: string): Rgb {
  const digits = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(color.trim())?.[1];
  if (digits === undefined) return FALLBACK;
  const long = digits.length === 3 ? digits.replace(/./g, "$&$&") : digits;
  const value = parseInt(long, 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

export function toHex(rgb: Rgb): string {
  return `#${rgb.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

/** From 1 (the same) to 21 (black on white). */
export function contrast(a: Rgb, b: Rgb): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** White where it can be read, else black: one of them always passes, whatever the colour. */
export function readableOn(color: string): string {
  return luminance(parseHex(color)) < EQUAL_CONTRAST_LUMINANCE ? WHITE_HEX : BLACK_HEX;
}

/** The nearest shade of `color` that can be read as text on `surface`. */
export function readableAs(color: string, surface: Rgb): string {
  const target = luminance(surface) > 0.4 ? ([0, 0, 0] as const) : WHITE;
  let shade = parseHex(color);
  for (let step = 0; step < 20 && contrast(shade, surface) < CONTRAST_TEXT_MIN; step += 1) {
    shade = mix(shade, target, 0.12);
  }
  return toHex(shade);
}

function mix(from: Rgb, to: Rgb, part: number): Rgb {
  const at = (index: 0 | 1 | 2) => Math.round(from[index] + (to[index] - from[index]) * part);
  return [at(0), at(1), at(2)];
}

function luminance(rgb: Rgb): number {
  const [red, green, blue] = rgb.map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
