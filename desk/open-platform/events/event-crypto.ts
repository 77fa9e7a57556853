import { createCipheriv, createDecipheriv, createHash } from "node:crypto";
import { type Random, randomHex } from "../random";

/** What one receiver of events and DingTalk share. https://open.dingtalk.com/document/development/callback-event-message-body-encryption-and-decryption */
export interface EventKeys {
  /** Signs; 3 to 32 letters or digits. */
  token: string;
  /** EncodingAESKey: 43 letters or digits, base64 of 32 bytes without its `=`. */
  aesKey: string;
  /** Stands at the end of every text: AppKey, SuiteKey or, for callbacks registered by API, CorpId. */
  receiver: string;
}

/** A sealed text as it travels: in the body, and what the query says about it. */
export interface Sealed {
  encrypt: string;
  signature: string;
  timestamp: string;
  nonce: string;
}

const BLOCK = 32;
const KEY_BYTES = 32;

/** What keeps these keys from being used; null when they are good. */
export function keyFault({ token, aesKey }: EventKeys): string | null {
  if (!/^[A-Za-z0-9]{3,32}$/.test(token)) return "token: 3 to 32 letters or digits";
  return /^[A-Za-z0-9]{43}$/.test(aesKey) ? null : "aesKey: 43 letters or digits";
}

/** SHA-1 over the four parts, sorted by code unit and put together. */
export function signatureOf(token: string, timestamp: string, nonce: string, encrypt: string): string {
  return createHash("sha1").update([token, timestamp, nonce, encrypt].sort().join("")).digest("hex");
}

/** Seals a text: AES-256-CBC over 16 random bytes, the length, the text and the receiver, padded to 32 bytes. */
export function seal(keys: EventKeys, text: string, timestamp: string, random: Random): Sealed {
  const message = Buffer.from(text);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(message.length);
  const plain = Buffer.concat([random(16), length, message, Buffer.from(keys.receiver)]);
  const fill = BLOCK - (plain.length % BLOCK);
  const key = keyOf(keys);
  const cipher = createCipheriv("aes-256-cbc", key, key.subarray(0, 16)).setAutoPadding(false);
  const encrypt = Buffer.concat([
    cipher.update(Buffer.concat([plain, Buffer.alloc(fill, fill)])),
    cipher.final(),
  ]).toString("base64");
  const nonce = randomHex(random, 4);
  return { encrypt, timestamp, nonce, signature: signatureOf(keys.token, timestamp, nonce, encrypt) };
}

/** Opens a sealed text. Throws, saying which part is wrong, for one that these keys did not seal. */
export function unseal(keys: EventKeys, { encrypt, signature, timestamp, nonce }: Sealed): string {
  if (signatureOf(keys.token, timestamp, nonce, encrypt) !== signature) throw new Error("the signature does not match");
  const key = keyOf(keys);
  const decipher = createDecipheriv("aes-256-cbc", key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(encrypt, "base64"), decipher.final()]);
  const fill = padded[padded.length - 1] ?? 0;
  if (fill < 1 || fill > BLOCK || padded.length < 20 + fill) throw new Error("the padding is wrong");
  const plain = padded.subarray(0, padded.length - fill);
  const end = 20 + plain.readUInt32BE(16);
  if (end > plain.length) throw new Error("the length is wrong");
  if (plain.subarray(end).toString() !== keys.receiver) throw new Error("it was sealed for another receiver");
  return plain.subarray(20, end).toString();
}

function keyOf({ aesKey }: EventKeys): Buffer {
  const key = Buffer.from(`${aesKey}=`, "base64");
  if (key.length !== KEY_BYTES) throw new Error("the AES key is wrong");
  return key;
}
