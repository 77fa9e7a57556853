import type { LegendEntry } from "../../core/report/chart/look";

export interface PictureLook {
  title: string;
  legend: LegendEntry[];
  ink: string;
  background: string;
  font: string;
}

const SCALE = 2;
const MARGIN = 16;
const HEAD = 34;
const LINE = 22;

/** Where each legend entry stands, in lines as wide as the picture. */
function legendPlaces(pen: CanvasRenderingContext2D, legend: LegendEntry[], width: number) {
  let x = 0;
  let line = 0;
  const places = legend.map((entry) => {
    const text = [entry.name, entry.note].filter(Boolean).join("  ");
    const wide = pen.measureText(text).width + 36;
    if (x > 0 && x + wide > width) {
      x = 0;
      line += 1;
    }
    const place = { text, colour: entry.colour, x, line };
    x += wide;
    return place;
  });
  return { places, lines: legend.length > 0 ? line + 1 : 0 };
}

/** A chart's drawing with its title and legend, as a PNG. */
export async function pictureOf(drawn: HTMLCanvasElement, look: PictureLook): Promise<Blob> {
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("This browser draws no pictures.");
  const width = drawn.width / SCALE;
  pen.font = `12px ${look.font}`;
  const { places, lines } = legendPlaces(pen, look.legend, width);
  canvas.width = (width + 2 * MARGIN) * SCALE;
  canvas.height = (drawn.height / SCALE + HEAD + lines * LINE + 2 * MARGIN) * SCALE;
  pen.scale(SCALE, SCALE);
  pen.fillStyle = look.background;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = look.ink;
  pen.font = `600 16px ${look.font}`;
  pen.fillText(look.title, MARGIN, MARGIN + 16, width);
  pen.font = `12px ${look.font}`;
  for (const { text, colour, x, line } of places) {
    const y = MARGIN + HEAD + line * LINE;
    pen.fillStyle = colour;
    pen.fillRect(MARGIN + x, y, 10, 10);
    pen.fillStyle = look.ink;
    pen.fillText(text, MARGIN + x + 16, y + 10);
  }
  pen.drawImage(drawn, MARGIN, MARGIN + HEAD + lines * LINE, width, drawn.height / SCALE);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The picture could not be made."))), "image/png");
  });
}

/** Hands a file to the browser's downloads. */
export function download(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
