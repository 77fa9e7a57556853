import type { IncomingMessage, ServerResponse } from "node:http";
import { readText } from "../../http/body";
import type { Json, JsonObject } from "../protocol";

/** An HTTP request of the mini program may carry a picture. */
const MOST_MIB = 12;

/** Reads a JSON object from a request; throws on anything else and past 12 MiB. */
export async function readJsonObject(request: IncomingMessage): Promise<JsonObject> {
  const value = JSON.parse(await readText(request, MOST_MIB)) as Json;
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error("Expected a JSON object.");
  return value;
}

/** Answers with text and never lets a browser keep it. */
export function answer(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, {
    "content-type": type,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  response.end(body);
}

/** Answers with JSON. */
export function answerJson(response: ServerResponse, status: number, value: unknown): void {
  answer(response, status, "application/json; charset=utf-8", JSON.stringify(value));
}
