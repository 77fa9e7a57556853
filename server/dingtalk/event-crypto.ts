import { createCipheriv, createDecipheriv, createHash, timingSafeEqual } from "node:crypto";

/**
 * DingTalk's envelope of events: AES-256-CBC with PKCS#7 to blocks of 32 bytes around `random(16) | length(4) | message |
 * receiver`, signed with SHA-1 over the sorted parts.
 * https://open.dingtalk.com/document/development/callback-event-message-body-encryption-and-decryption
 */
export interface EventKeys {
  token: string;
  /** The EncodingAESKey: 43 characters of base64. */
  aesKey: string;
}

/** Why an envelope was not opened; nothing of what it held. */
export class EnvelopeError extends Error {
  override readonly name = "EnvelopeError";
}

const BLOCK = 32;
const RANDOM = 16;
const HEAD = RANDOM + 4;

export function signatureOf(token: string, timestamp: string, nonce: string, encrypted: string): string {
  return createHash("sha1").update([token, timestamp, nonce, encrypted].sort().join("")).digest("hex");
}

/** Seals a message; `random` is 16 random bytes. */
export function seal(keys: EventKeys, message: string, receiver: string, random: Buffer): string {
  const text = Buffer.from(message);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  const plain = Buffer.concat([random, length, text, Buffer.from(receiver)]);
  const pad = BLOCK - (plain.length % BLOCK);
  const { key, iv } = keyOf(keys);
  const cipher = createCipheriv("aes-256-cbc", key, iv).setAutoPadding(false);
  return Buffer.concat([cipher.update(Buffer.concat([plain, Buffer.alloc(pad, pad)])), cipher.final()]).toString(
    "base64",
  );
}

export interface Envelope {
  signature: string;
  timestamp: string;
  nonce: string;
  encrypted: string;
}

/** Opens a signed envelope. Throws EnvelopeError for a wrong signature, broken bytes or somebody else's envelope. */
export function open(keys: EventKeys, envelope: Envelope, receivers: readonly string[]): string {
  const { signature, timestamp, nonce, encrypted } = envelope;
  const wanted = Buffer.from(signatureOf(keys.token, timestamp, nonce, encrypted));
  const given = Buffer.from(signature);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw new EnvelopeError("wrong signature");
  const { message, receiver } = split(decrypt(keys, encrypted));
  if (!receivers.includes(receiver)) throw new EnvelopeError("meant for another receiver");
  return message;
}

function keyOf({ aesKey }: EventKeys): { key: Buffer; iv: Buffer } {
  const key = Buffer.from(`${aesKey}=`, "base64");
  if (key.length !== 32) throw new EnvelopeError("the EncodingAESKey is not 43 characters of base64");
  return { key, iv: key.subarray(0, 16) };
}

function decrypt(keys: EventKeys, encrypted: string): Buffer {
  const bytes = Buffer.from(encrypted, "base64");
  if (bytes.length === 0 || bytes.length % 16 !== 0) throw new EnvelopeError("truncated");
  const { key, iv } = keyOf(keys);
  // Node's own padding check knows blocks of 16 bytes only.
  const decipher = createDecipheriv("aes-256-cbc", key, iv).setAutoPadding(false);
  return Buffer.concat([decipher.update(bytes), decipher.final()]);
}

function split(padded: Buffer): { message: string; receiver: string } {
  const pad = padded.at(-1) ?? 0;
  if (pad < 1 || pad > BLOCK || pad > padded.length) throw new EnvelopeError("wrong padding");
  const plain = padded.subarray(0, padded.length - pad);
  if (plain.length < HEAD) throw new EnvelopeError("too short");
  const end = HEAD + plain.readUInt32BE(RANDOM);
  if (end > plain.length) throw new EnvelopeError("wrong length");
  return { message: plain.toString("utf8", HEAD, end), receiver: plain.toString("utf8", end) };
}
