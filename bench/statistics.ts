/** The middle one; NaN where there is none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** To two decimals: more is noise. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
