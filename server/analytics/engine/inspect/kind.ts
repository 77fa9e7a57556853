import { open } from "node:fs/promises";
import type { FileEncoding } from "../../../../core/contract/source/upload";
import { FileFault } from "./fault";

const HEAD_BYTES = 64 * 1024;
/** Of the pairs of bytes in a text of UTF-16 without a mark, so many have one half that is zero (Latin letters, digits). */
const HALF_EMPTY = 0.2;

const WORKBOOKS = ["504b0304", "504b0506", "d0cf11e0"];

/** What a file's first bytes say that it is. `encoding` is null where only the whole text can tell. */
export type FileKind = { format: "parquet" } | { format: "csv"; encoding: FileEncoding | null };

/** Looks at a file's first bytes. Throws a FileFault for what is neither text nor Parquet. */
export async function kindOf(file: string, fileName: string): Promise<FileKind> {
  const head = await headOf(file);
  if (/^\s*$/.test(head.toString("latin1")) && head.length < HEAD_BYTES) throw new FileFault("file_empty");
  if (head.subarray(0, 4).toString("latin1") === "PAR1") return { format: "parquet" };
  if (fileName.toLowerCase().endsWith(".parquet")) throw new FileFault("file_damaged");
  if (WORKBOOKS.includes(head.subarray(0, 4).toString("hex"))) throw new FileFault("file_is_workbook");
  const encoding = markOf(head) ?? silentUtf16(head);
  if (encoding === null && isBinary(head)) throw new FileFault("file_unknown");
  return { format: "csv", encoding };
}

/** A byte or two that are no text may stand in one. */
function isBinary(head: Buffer): boolean {
  const controls = head.reduce((sum, byte) => sum + (byte < 9 || (byte > 13 && byte < 32 && byte !== 27) ? 1 : 0), 0);
  return controls > Math.max(2, head.length / 100);
}

async function headOf(file: string): Promise<Buffer> {
  const handle = await open(file, "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** The byte order mark. */
function markOf(head: Buffer): FileEncoding | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return "utf-8";
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  return null;
}

function silentUtf16(head: Buffer): FileEncoding | null {
  const pairs = Math.floor(head.length / 2);
  let [high, low] = [0, 0];
  for (let index = 0; index < pairs; index += 1) {
    if (head[2 * index] === 0) high += 1;
    if (head[2 * index + 1] === 0) low += 1;
  }
  if (low > pairs * HALF_EMPTY && high === 0) return "utf-16le";
  if (high > pairs * HALF_EMPTY && low === 0) return "utf-16be";
  return null;
}
