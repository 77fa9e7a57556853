import type { IncomingMessage } from "node:http";

const MIB = 1024 * 1024;

/** Reads a request's body as text; rejects past so many MiB. */
export async function readText(request: IncomingMessage, mostMib = 1): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > mostMib * MIB) throw new Error(`The body is larger than ${mostMib} MiB.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
