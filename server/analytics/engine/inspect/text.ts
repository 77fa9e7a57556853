import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import type { FileEncoding } from "../../../../core/contract/source/upload";
import { FileFault } from "./fault";
import { Records } from "./records";

const CHUNK_BYTES = 1024 * 1024;

/** A CSV text in UTF-8, with the encoding that it had. */
export interface PlainText {
  file: string;
  encoding: FileEncoding;
}

/**
 * The text as UTF-8: the file itself where it is that, else a copy written to `copy`. An encoding that nobody chose and
 * no mark tells is UTF-8 where all of it is valid, else GB18030, which spreadsheets in China write. Walks through the
 * whole text once. Throws a FileFault where the encoding does not fit, or a row is too long.
 */
export async function plainText(file: string, encoding: FileEncoding | null, copy: string): Promise<PlainText> {
  if (encoding === "utf-8") return checkUtf8(file);
  if (encoding !== null) return convert(file, encoding, copy);
  try {
    return await checkUtf8(file);
  } catch (error) {
    if (!(error instanceof FileFault) || error.code !== "file_encoding") throw error;
  }
  return convert(file, "gb18030", copy);
}

async function checkUtf8(file: string): Promise<PlainText> {
  const records = new Records();
  let rest: Uint8Array = new Uint8Array();
  let lines = 1;
  for await (const chunk of chunks(file)) {
    const joined = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    const end = wholeCharacters(joined);
    const whole = joined.subarray(0, end);
    if (!isUtf8(whole)) throw new FileFault("file_encoding", lines + badLineOf(whole));
    records.add(whole);
    for (let at = whole.indexOf(10); at >= 0; at = whole.indexOf(10, at + 1)) lines += 1;
    rest = joined.subarray(end);
  }
  if (rest.length > 0) throw new FileFault("file_encoding", lines);
  return { file, encoding: "utf-8" };
}

/** How many bytes hold no character that is cut off at the end. */
function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue; // inside of a character
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
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

async function convert(file: string, encoding: FileEncoding, copy: string): Promise<PlainText> {
  const handle = await open(copy, "w");
  try {
    await convertInto(handle, file, encoding);
    return { file: copy, encoding };
  } finally {
    await handle.close();
  }
}

async function convertInto(into: FileHandle, file: string, encoding: FileEncoding): Promise<void> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const records = new Records();
  let lines = 1;
  const write = async (text: string): Promise<void> => {
    const bytes = Buffer.from(text, "utf8");
    records.add(bytes);
    for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines += 1;
    // `write` may take less than all; `appendFile` goes on until all is written.
    await into.appendFile(bytes);
  };
  const decode = (chunk?: Buffer): string => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
    } catch {
      throw new FileFault("file_encoding", lines + linesBeforeFault(chunk, encoding));
    }
  };
  for await (const chunk of chunks(file)) await write(decode(chunk));
  await write(decode());
}

/** Lines of a chunk before what its encoding does not have. */
function linesBeforeFault(chunk: Buffer | undefined, encoding: FileEncoding): number {
  const text = chunk ? new TextDecoder(encoding).decode(chunk) : "";
  return text.slice(0, text.indexOf("\ufffd")).split("\n").length - 1;
}

function chunks(file: string): AsyncIterable<Buffer> {
  return createReadStream(file, { highWaterMark: CHUNK_BYTES });
}
