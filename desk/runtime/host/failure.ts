import type { JsonObject } from "../protocol";

/** A client call that comes to `fail`: its value is what `fail` gets. */
export class ClientFailure extends Error {
  constructor(readonly value: JsonObject) {
    super(String(value["errorMessage"] ?? value["error"] ?? "failed"));
  }
}

/** `fail` with a number and a text, as DingTalk's calls report it. */
export const failure = (error: number, errorMessage: string): ClientFailure =>
  new ClientFailure({ error, errorMessage });

/** What `fail` gets for any error. */
export function failureValue(error: unknown): JsonObject {
  if (error instanceof ClientFailure) return error.value;
  return { error: 2, errorMessage: error instanceof Error ? error.message : String(error) };
}
