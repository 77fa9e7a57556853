import type { ChartLook } from "./look";

const UP = { green: "#12a150", red: "#e5484d" };

/** The colours of what rises and what falls. */
export function changeColours(look: Pick<ChartLook, "up">): { up: string; down: string } {
  return look.up === "red" ? { up: UP.red, down: UP.green } : { up: UP.green, down: UP.red };
}

export const TONES = { good: "#12a150", warn: "#e8930c", bad: "#e5484d" };

const SCALES: Record<ChartLook["theme"], string[]> = {
  light: ["#e3efff", "#8cbcff", "#1677ff", "#0a3f94"],
  dark: ["#22303f", "#1f4f8f", "#3c89f0", "#a5ccff"],
};

/** From few to many, on the theme's ground. */
export function heatScale({ theme }: Pick<ChartLook, "theme">): string[] {
  return SCALES[theme];
}

function channels(colour: string): number[] {
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
}

/** The colour at `place` (0 to 1) of the way through a list of colours. */
export function blend(colours: readonly string[], place: number): string {
  const last = colours.length - 1;
  const at = Math.min(1, Math.max(0, place)) * last;
  const from = Math.min(Math.floor(at), Math.max(0, last - 1));
  const start = channels(colours[from] ?? "#000000");
  const end = channels(colours[from + 1] ?? colours[from] ?? "#000000");
  const mixed = start.map((channel, index) => Math.round(channel + ((end[index] ?? channel) - channel) * (at - from)));
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
}

/** How bright a colour is, from 0 to 1. https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Black or white, whichever is read better on a colour. */
export function inkOn(colour: string): string {
  return luminance(colour) > 0.3 ? "#171a1d" : "#ffffff";
}
