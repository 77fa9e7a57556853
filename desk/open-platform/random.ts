import { randomBytes } from "node:crypto";

/** Gives so many random bytes; tests hand in a predictable one. */
export type Random = (bytes: number) => Uint8Array;

/** The machine's own randomness. */
export const systemRandom: Random = (bytes) => randomBytes(bytes);

/** Lower-case hexadecimal text of so many bytes, as DingTalk's tokens and codes look. */
export function randomHex(random: Random, bytes: number): string {
  return Buffer.from(random(bytes)).toString("hex");
}
