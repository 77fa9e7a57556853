import { inflateSync } from "node:zlib";

/** A decoded PNG of 8 bits a channel. */
export interface Picture {
  width: number;
  height: number;
  /** How many colours stand inside a rectangle, in pixels. */
  coloursIn(left: number, top: number, width: number, height: number): number;
}

/** Reads a PNG as browsers write it (RGB or RGBA, 8 bits, not interlaced). https://www.w3.org/TR/png-3/ */
export function readPicture(png: Buffer): Picture {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const channels = png[25] === 6 ? 4 : 3;
  const rows = unfilterRows(inflateSync(imageData(png)), height, width * channels, channels);
  return {
    width,
    height,
    coloursIn: (left, top, wide, high) => {
      const colours = new Set<number>();
      for (let y = Math.max(0, top); y < Math.min(height, top + high); y += 1) {
        for (let x = Math.max(0, left); x < Math.min(width, left + wide); x += 1) {
          colours.add(rows[y]?.readUIntBE(x * channels, 3) ?? 0);
        }
      }
      return colours.size;
    },
  };
}

function imageData(png: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
    if (png.toString("latin1", at + 4, at + 8) === "IDAT") {
      parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
    }
  }
  return Buffer.concat(parts);
}

function unfilterRows(raw: Buffer, height: number, stride: number, channels: number): Buffer[] {
  const rows: Buffer[] = [];
  for (let y = 0; y < height; y += 1) {
    const line = raw.subarray(y * (stride + 1), (y + 1) * (stride + 1));
    rows.push(unfilter(line[0] ?? 0, line.subarray(1), rows[y - 1] ?? Buffer.alloc(stride), channels));
  }
  return rows;
}

type Guess = (left: number, up: number, corner: number) => number;

/** By filter type, the guess that a byte is stored as the difference from. https://www.w3.org/TR/png-3/#9Filter-types */
const GUESSES: readonly Guess[] = [() => 0, (left) => left, (_left, up) => up, (left, up) => (left + up) >> 1, paeth];

function unfilter(type: number, line: Buffer, above: Buffer, channels: number): Buffer {
  const guess = GUESSES[type];
  if (!guess) throw new Error(`A PNG has no filter ${type}.`);
  const out = Buffer.alloc(line.length);
  for (let i = 0; i < line.length; i += 1) {
    const isFirst = i < channels;
    const left = isFirst ? 0 : (out[i - channels] ?? 0);
    const corner = isFirst ? 0 : (above[i - channels] ?? 0);
    out[i] = (line[i] ?? 0) + guess(left, above[i] ?? 0, corner);
  }
  return out;
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner;
  const toLeft = Math.abs(estimate - left);
  const toUp = Math.abs(estimate - up);
  const toCorner = Math.abs(estimate - corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
