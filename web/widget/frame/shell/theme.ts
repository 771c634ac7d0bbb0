/** Colours of the frame: light or dark, and everything that follows from the one accent colour. */

import { useLayoutEffect } from "preact/hooks";
import type { Theme } from "../../protocol.ts";
import { parseHex, readableAs, readableOn, toHex } from "../theme/contrast.ts";

const DEFAULT_ACCENT = "#2563eb";
/** The surfaces of `style/tokens.css`, against which coloured text must be readable. */
const SURFACE = { light: "#f4f5f7", dark: "#252932" };

export function useTheme(color: string | undefined, theme: Theme): void {
  useLayoutEffect(() => {
    const prefersDark = matchMedia("(prefers-color-scheme: dark)");
    const apply = () => {
      const shown = theme === "auto" ? (prefersDark.matches ? "dark" : "light") : theme;
      const accent = toHex(parseHex(color ?? DEFAULT_ACCENT));
      const { dataset, style } = document.documentElement;
      dataset["theme"] = shown;
      style.setProperty("--accent", accent);
      style.setProperty("--on-accent", readableOn(accent));
      style.setProperty("--accent-text", readableAs(accent, parseHex(SURFACE[shown])));
    };
    apply();
    prefersDark.addEventListener("change", apply);
    return () => prefersDark.removeEventListener("change", apply);
  }, [color, theme]);
}
