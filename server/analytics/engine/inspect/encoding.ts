import type { FileEncoding } from "../../../../core/contract/source/upload";

type Legacy = Extract<FileEncoding, "gb18030" | "big5" | "shift_jis" | "windows-1252">;

/** How likely a character of two bytes is, from 1 (common) to -1 (there is none); or of one byte. */
type Judge = (first: number, second: number) => { bytes: 1 | 2; worth: number };

const within = (byte: number, low: number, high: number): boolean => byte >= low && byte <= high;
const isTrail = (byte: number): boolean => within(byte, 0x40, 0x7e) || within(byte, 0x80, 0xfe);

/** GB 2312's first level are B0A1 to D7F9: nearly all of a text. https://encoding.spec.whatwg.org/#gb18030-decoder */
const gb18030: Judge = (first, second) => {
  if (!within(first, 0x81, 0xfe) || !(isTrail(second) || within(second, 0x30, 0x39))) return { bytes: 1, worth: -1 };
  if (second < 0xa1) return { bytes: 2, worth: 0 };
  return { bytes: 2, worth: within(first, 0xb0, 0xd7) ? 1 : within(first, 0xa1, 0xa9) ? 0.7 : 0.4 };
};

/** Big5's frequent characters are A440 to C67E. */
const big5: Judge = (first, second) => {
  const isPair = within(first, 0x81, 0xfe) && (within(second, 0x40, 0x7e) || within(second, 0xa1, 0xfe));
  if (!isPair) return { bytes: 1, worth: -1 };
  return { bytes: 2, worth: within(first, 0xa4, 0xc6) ? 1 : within(first, 0xa1, 0xa3) ? 0.7 : 0.2 };
};

/** Kana first, then JIS's first level, 889F to 9872. */
const shiftJis: Judge = (first, second) => {
  if (within(first, 0xa1, 0xdf)) return { bytes: 1, worth: 0.1 };
  const isPair = (within(first, 0x81, 0x9f) || within(first, 0xe0, 0xfc)) && isTrail(second) && second <= 0xfc;
  if (!isPair) return { bytes: 1, worth: -1 };
  if (first === 0x82 || first === 0x83) return { bytes: 2, worth: 1 };
  return { bytes: 2, worth: within(first, 0x88, 0x97) ? 0.8 : first === 0x81 ? 0.7 : 0.2 };
};

const JUDGES: [Legacy, Judge][] = [
  ["gb18030", gb18030],
  ["big5", big5],
  ["shift_jis", shiftJis],
];
const LIKELY = 0.5;

/** The encoding that a text which is not UTF-8 most likely has; null where none is likely. */
export function guessEncoding(bytes: Uint8Array): Legacy | null {
  const scored: [Legacy, number][] = [
    ...JUDGES.map(([encoding, judge]): [Legacy, number] => [encoding, scoreOf(bytes, judge)]),
    ["windows-1252", latinScore(bytes)],
  ];
  const [encoding, score] = scored.reduce((best, next) => (next[1] > best[1] ? next : best));
  return score >= LIKELY ? encoding : null;
}

function scoreOf(bytes: Uint8Array, judge: Judge): number {
  let [sum, count] = [0, 0];
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) continue;
    if (at + 1 === bytes.length) break; // perhaps cut off
    const { bytes: length, worth } = judge(byte, bytes[at + 1] ?? 0);
    sum += worth;
    count += 1;
    at += length - 1;
  }
  return count === 0 ? 0 : sum / count;
}

/** Accented letters stand among letters, never side by side as the halves of Chinese characters do. */
function latinScore(bytes: Uint8Array): number {
  const isLetter = (byte: number | undefined): boolean => within((byte ?? 0) | 0x20, 0x61, 0x7a);
  let [sum, count] = [0, 0];
  for (const [at, byte] of bytes.entries()) {
    if (byte < 0x80) continue;
    count += 1;
    if (byte >= 0xc0) sum += isLetter(bytes[at - 1]) || isLetter(bytes[at + 1]) ? 1 : 0;
    else sum += 0.5;
  }
  return count === 0 ? 0 : sum / count;
}
