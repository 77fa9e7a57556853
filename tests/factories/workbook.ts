import { inflateRawSync } from "node:zlib";

/** The parts of a workbook, read back with nothing of the writer's own. */
export function unzipped(file: Buffer): Map<string, string> {
  const parts = new Map<string, string>();
  for (let at = file.indexOf("PK\x01\x02"); at >= 0; at = file.indexOf("PK\x01\x02", at + 4)) {
    const name = file.subarray(at + 46, at + 46 + file.readUInt16LE(at + 28)).toString();
    const local = file.readUInt32LE(at + 42);
    const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    parts.set(name, inflateRawSync(file.subarray(start, start + file.readUInt32LE(at + 20))).toString());
  }
  return parts;
}
