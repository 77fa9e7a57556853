import type { Answer, PlatformReply } from "./exchange";
import type { Fault } from "./fault";
import { writeJson } from "../id";
import { type Random, randomHex } from "../random";

/** Front servers answer pages, not JSON: for a blocked address as well as for a server that is down. */
const PAGE = {
  contentType: "text/html; charset=utf-8",
  body: "<!doctype html><html><head><title>Service Unavailable</title></head><body><h1>Service Unavailable</h1><hr>Powered by Tengine</body></html>",
};

function withId({ body, idField }: Answer, random: Random): string {
  if (idField === null) return writeJson(body);
  const id = randomHex(random, 16);
  const short = BigInt(`0x${id.slice(0, 16)}`).toString(36);
  const long = id.toUpperCase().replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  return writeJson({ ...body, [idField]: idField === "requestid" ? long : short });
}

/** The reply that goes out: the answer with its request id, or what a fault makes of it. A null answer is a broken one. */
export function toReply(answer: Answer | null, faults: Fault[], call: number, random: Random): PlatformReply {
  const common = { delayMs: delayOf(faults), hang: faults.some(({ kind }) => kind === "hang"), call };
  if (answer) {
    const body = withId(answer, random);
    const end = faults.some(({ kind }) => kind === "truncated") ? Math.floor(body.length / 2) : body.length;
    return { ...common, status: answer.status, contentType: "application/json", body: body.slice(0, end) };
  }
  const failed = faults.find((fault) => fault.kind === "status");
  return { ...common, status: failed?.status ?? 200, ...PAGE };
}

function delayOf(faults: Fault[]): number {
  return faults.reduce((sum, fault) => sum + (fault.kind === "latency" ? fault.milliseconds : 0), 0);
}
