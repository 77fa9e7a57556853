/** Widths in em of common classes of characters in a sans-serif face; an estimate, as the real client's is. */
const CLASSES: [RegExp, number][] = [
  [/[ijl|!.,:;'`]/, 0.26],
  [/[frt()[\]{}\-/\\ "]/, 0.34],
  [/[mwMW@%]/, 0.86],
  [/[A-Z&#$+<>=~^_?*]/, 0.66],
  [/[0-9a-z]/, 0.55],
];

/** Estimated width of a line of text in pixels. */
export function estimateWidth(text: string, fontSize: number): number {
  let em = 0;
  for (const character of text) em += CLASSES.find(([pattern]) => pattern.test(character))?.[1] ?? 1;
  return em * fontSize;
}
