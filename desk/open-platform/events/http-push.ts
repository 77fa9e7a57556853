import { z } from "zod";
import type { Random } from "../random";
import { type EventKeys, seal, type Sealed, unseal } from "./event-crypto";

/** What a push is made with. */
export interface PushParts {
  now: () => number;
  random: Random;
  fetch: typeof fetch;
  /** How long a receiver may take. */
  replyMs: number;
}

const Reply = z.object({
  msg_signature: z.string(),
  timeStamp: z.coerce.string(),
  nonce: z.string(),
  encrypt: z.string(),
});

/** Pushes a sealed text to that address. Answers null when "success" came back sealed and in time, else what was wrong. */
export async function pushText(parts: PushParts, url: string, keys: EventKeys, text: string): Promise<string | null> {
  return pushSealed(parts, url, keys, seal(keys, text, String(parts.now()), parts.random));
}

/** The same with a text that is sealed already: a replayed or forged one. */
export async function pushSealed(
  parts: PushParts,
  url: string,
  keys: EventKeys,
  sealed: Sealed,
): Promise<string | null> {
  return pushBody(parts, addressOf(url, sealed), JSON.stringify({ encrypt: sealed.encrypt }), keys);
}

/** The address of one push: DingTalk writes the signature under both names. */
export function addressOf(url: string, { signature, timestamp, nonce }: Omit<Sealed, "encrypt">): string {
  const address = new URL(url);
  const query = { signature, msg_signature: signature, timestamp, nonce };
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
  return address.href;
}

/** Posts any body at all and judges the reply. */
export async function pushBody(
  parts: PushParts,
  address: string,
  body: string,
  keys: EventKeys,
): Promise<string | null> {
  try {
    const response = await parts.fetch(address, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
      redirect: "error",
      signal: AbortSignal.timeout(parts.replyMs),
    });
    const text = await response.text();
    return response.status === 200 ? replyFault(keys, text) : `HTTP ${response.status}: ${text.slice(0, 80)}`;
  } catch (error) {
    return faultOf(error, parts.replyMs);
  }
}

function replyFault(keys: EventKeys, text: string): string | null {
  try {
    const { msg_signature, timeStamp, nonce, encrypt } = Reply.parse(JSON.parse(text));
    const opened = unseal(keys, { encrypt, nonce, signature: msg_signature, timestamp: timeStamp });
    return opened === "success" ? null : `the reply is not success: ${opened.slice(0, 50)}`;
  } catch (error) {
    return error instanceof z.ZodError ? "the reply lacks its four fields" : `reply: ${faultOf(error, 0)}`;
  }
}

/** What failed, in words; a timeout is a `DOMException`, a broken line hides in the cause. */
function faultOf(error: unknown, replyMs: number): string {
  const { name, message, cause } = Object(error) as { name?: unknown; message?: unknown; cause?: unknown };
  if (name === "TimeoutError") return `no answer within ${replyMs} ms`;
  return cause === undefined ? String(message) : faultOf(cause, replyMs);
}
