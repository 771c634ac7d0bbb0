import { encode } from "uqr";

/** A QR code, black on white in every theme: that is what cameras expect. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { border: 2 });
  const squares = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges" className="mx-auto mb-4 size-48 rounded-md bg-[#fff]">
      <path d={squares.join("")} fill="#000" />
    </svg>
  );
}
