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

/** https://www.w3.org/TR/png-3/#9Filter-types */
function unfilter(type: number, line: Buffer, above: Buffer, channels: number): Buffer {
  const out = Buffer.alloc(line.length);
  for (let i = 0; i < line.length; i += 1) {
    const left = out[i - channels] ?? 0;
    const up = above[i] ?? 0;
    const corner = i < channels ? 0 : (above[i - channels] ?? 0);
    const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][type] ?? 0;
    out[i] = ((line[i] ?? 0) + guess) & 255;
  }
  return out;
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner;
  const distances = [left, up, corner].map((value) => Math.abs(estimate - value));
  return [left, up, corner][distances.indexOf(Math.min(...distances))] ?? 0;
}
