/** Widths of printable ASCII in hundredths of an em, from space (0x20) on: a sans-serif as phones have it. */
const ASCII = [
  25, 27, 37, 61, 56, 72, 64, 21, 34, 35, 43, 56, 24, 33, 27, 40, 57, 57, 57, 57, 57, 57, 57, 57, 57, 57, 26, 26, 52,
  56, 52, 47, 90, 65, 63, 65, 66, 57, 56, 68, 71, 28, 55, 63, 54, 87, 71, 69, 63, 69, 63, 60, 60, 65, 64, 89, 63, 61,
  60, 28, 42, 28, 42, 46, 32, 55, 57, 53, 57, 54, 35, 57, 56, 25, 25, 52, 25, 88, 56, 57, 57, 57, 35, 52, 34, 56, 50,
  75, 50, 49, 50, 34, 25, 34, 68,
];
const NARROW = 0.57;
const WIDE = 1;

/** Anything from the CJK blocks on takes a full em; accented Latin, Greek and the like take about what a digit does. */
function charWidth(code: number): number {
  if (code < 0x20) return 0;
  if (code < 0x7f) return (ASCII[code - 0x20] ?? 57) / 100;
  return code >= 0x1100 ? (code >= 0x2000 && code < 0x2e80 ? NARROW + 0.1 : WIDE) : NARROW;
}

/** About how wide a text is, in the unit of `size`: for canvases that cannot measure, and for layout without one. */
export function textWidth(text: string, size: number): number {
  let ems = 0;
  for (let index = 0; index < text.length; index += 1) ems += charWidth(text.charCodeAt(index));
  return ems * size;
}

/** A text cut with an ellipsis where it is wider than its room. */
export function cutText(text: string, size: number, room: number): string {
  if (textWidth(text, size) <= room) return text;
  let cut = text;
  while (cut.length > 1 && textWidth(`${cut}…`, size) > room) cut = cut.slice(0, -1);
  return `${cut.trim()}…`;
}
