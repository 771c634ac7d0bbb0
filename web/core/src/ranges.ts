/** Sets of whole numbers kept as sorted, disjoint, inclusive ranges: which `seq`s of a room are known completely. */

export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Adds one range and joins what touches. An empty range (`to < from`) adds nothing. */
export function addRange(ranges: readonly Range[], added: Range): readonly Range[] {
  if (added.to < added.from || ranges.some((range) => range.from <= added.from && range.to >= added.to)) {
    return ranges;
  }
  const joined: Range[] = [];
  let { from, to } = added;
  for (const range of ranges) {
    if (range.to + 1 < from || range.from - 1 > to) {
      joined.push(range);
    } else {
      from = Math.min(from, range.from);
      to = Math.max(to, range.to);
    }
  }
  joined.push({ from, to });
  return joined.sort((a, b) => a.from - b.from);
}

/** The ranges that are missing between the first and the last known number. */
export function holesIn(ranges: readonly Range[]): readonly Range[] {
  const holes: Range[] = [];
  ranges.forEach((range, index) => {
    const next = ranges[index + 1];
    if (next !== undefined) holes.push({ from: range.to + 1, to: next.from - 1 });
  });
  return holes;
}
