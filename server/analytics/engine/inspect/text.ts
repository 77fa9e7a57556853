import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import type { FileEncoding } from "../../../../core/contract/source/upload";
import { guessEncoding } from "./encoding";
import { FileFault } from "./fault";
import { wholeCharacters } from "./regular";

const CHUNK_BYTES = 1024 * 1024;
/** Of the letters that are not ASCII, so many must be right for an encoding to be the right one. */
const MOSTLY = 0.8;
const SAMPLES = 3;
const QUOTE = 34;

/** A CSV text in UTF-8, with the encoding that it had. */
export interface PlainText {
  file: string;
  encoding: FileEncoding;
  /** Some of its lines where nothing said what the encoding is, for somebody to look at. */
  guessed: string[];
  /** Whether U+FFFD stands for bytes that are none of the encoding. */
  replaced: boolean;
  /** Whether there is a quotation mark anywhere. */
  quotes: boolean;
}

/**
 * The text as UTF-8: the file itself where it is that, else a copy written to `copy`. An encoding that nobody chose and
 * no mark tells is UTF-8 where nearly all of it is valid, else the likeliest. Throws a FileFault where none fits.
 */
export async function plainText(file: string, encoding: FileEncoding | null, copy: string): Promise<PlainText> {
  if (encoding !== null && encoding !== "utf-8") return convert(file, encoding, copy, false);
  const { quotes, bad } = await looked(file);
  if (bad === null || validShare(new TextDecoder("utf-8").decode(bad.bytes)) >= MOSTLY) {
    return { file, encoding: "utf-8", guessed: [], replaced: false, quotes };
  }
  const likely = encoding === null ? guessEncoding(bad.bytes) : null;
  if (likely === null) throw new FileFault("file_encoding", bad.line);
  return convert(file, likely, copy, true);
}

/** What share of the letters beyond ASCII is one. */
function validShare(text: string): number {
  const beyond = text.match(/[^\u0000-\u007f]/g) ?? [];
  return beyond.length === 0 ? 1 : beyond.filter((letter) => letter !== "\ufffd").length / beyond.length;
}

interface Look {
  /** Also where nobody has looked further. */
  quotes: boolean;
  /** The first part that is not UTF-8, and the line in it. */
  bad: { bytes: Buffer; line: number } | null;
}

async function looked(file: string): Promise<Look> {
  let quotes = false;
  let rest: Buffer = Buffer.alloc(0);
  let [passed, last]: [number, Buffer] = [0, rest];
  for await (const chunk of chunks(file)) {
    const joined = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    const whole = joined.subarray(0, wholeCharacters(joined));
    if (!isUtf8(whole)) {
      return { quotes: true, bad: { bytes: joined, line: (await linesBefore(file, passed)) + badLineOf(whole) } };
    }
    quotes ||= chunk.includes(QUOTE);
    passed += whole.length;
    rest = joined.subarray(whole.length);
    last = joined;
  }
  return { quotes, bad: rest.length > 0 ? { bytes: last, line: await linesBefore(file, passed) } : null };
}

/** The line at a place in a file. */
async function linesBefore(file: string, end: number): Promise<number> {
  let lines = 1;
  if (end === 0) return lines;
  for await (const chunk of createReadStream(file, { end: end - 1 }) as AsyncIterable<Buffer>) lines += linesIn(chunk);
  return lines;
}

function linesIn(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines += 1;
  return lines;
}

/** Lines before the first one that is not UTF-8. */
function badLineOf(bytes: Buffer): number {
  let [lines, from] = [0, 0];
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, from)) {
    if (!isUtf8(bytes.subarray(from, at))) return lines;
    lines += 1;
    from = at + 1;
  }
  return lines;
}

async function convert(file: string, encoding: FileEncoding, copy: string, guessed: boolean): Promise<PlainText> {
  const { samples, faulty } = await convertInto(copy, file, { encoding, fatal: true });
  const said = { file: copy, encoding, guessed: guessed ? samples : [], quotes: true };
  if (faulty === null) return { ...said, replaced: false };
  const again = await convertInto(copy, file, { encoding, fatal: false });
  if (again.share < MOSTLY) throw new FileFault("file_encoding", faulty);
  return { ...said, replaced: true };
}

interface Converted {
  samples: string[];
  /** The line of what is none of the encoding; null where all is. */
  faulty: number | null;
  share: number;
}

async function convertInto(
  copy: string,
  from: string,
  { encoding, fatal }: { encoding: FileEncoding; fatal: boolean },
): Promise<Converted> {
  const handle: FileHandle = await open(copy, "w");
  const decoder = new TextDecoder(encoding, { fatal });
  const converted: Converted = { samples: [], faulty: null, share: 1 };
  let lines = 1;
  try {
    for await (const chunk of chunks(from, true)) {
      const text = decoded(decoder, chunk);
      if (text === null) return { ...converted, faulty: lines + linesBeforeFault(chunk, encoding) };
      if (converted.samples.length < SAMPLES) converted.samples.push(...oddLines(text));
      if (!fatal) converted.share = Math.min(converted.share, validShare(text));
      const bytes = Buffer.from(text, "utf8");
      lines += linesIn(bytes);
      // `write` may take less than all; `appendFile` goes on until all is written.
      await handle.appendFile(bytes);
    }
  } finally {
    await handle.close();
  }
  return { ...converted, samples: converted.samples.slice(0, SAMPLES) };
}

function decoded(decoder: InstanceType<typeof TextDecoder>, chunk: Buffer): string | null {
  try {
    return chunk.length > 0 ? decoder.decode(chunk, { stream: true }) : decoder.decode();
  } catch {
    return null;
  }
}

function oddLines(text: string): string[] {
  const lines = text.slice(0, CHUNK_BYTES / 4).split(/\r?\n/);
  return lines
    .filter((line) => /[^\u0000-\u007f]/.test(line))
    .slice(0, SAMPLES)
    .map((line) => line.slice(0, 80));
}

/** Lines of a chunk before what its encoding does not have. */
function linesBeforeFault(chunk: Buffer, encoding: FileEncoding): number {
  const text = new TextDecoder(encoding).decode(chunk);
  const at = text.indexOf("\ufffd");
  return text.slice(0, at < 0 ? text.length : at).split("\n").length - 1;
}

/** The file piece by piece; `end`: an empty piece says that there is no more. */
async function* chunks(file: string, end = false): AsyncIterable<Buffer> {
  yield* createReadStream(file, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>;
  if (end) yield Buffer.alloc(0);
}
