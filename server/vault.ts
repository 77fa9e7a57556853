import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";
import type { Secret } from "./secret";

/** A secret as it lies in the database, with the id of the key that opens it. */
export interface Sealed {
  keyId: string;
  sealed: Buffer;
}

/** Seals secrets for the database. What was sealed for one row does not open for another. */
export interface Vault {
  keyId: string;
  seal(plain: string, rowId: string): Sealed;
  /** Throws when the key, the row or the bytes are not the sealed ones. */
  open(sealed: Sealed, rowId: string): string;
  /** The key of the session tokens' chain: a refresh token's successor is derived with it. */
  sessionKey: Buffer;
}

const NONCE = 12;
const TAG = 16;

function derive(key: Secret, purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", key.reveal(), "dingboard", purpose, 32));
}

/** AES-256-GCM under a key derived from APP_SECRET_KEY; bytes are nonce, tag, cipher text. */
export function createVault(appSecretKey: Secret): Vault {
  const key = derive(appSecretKey, "credential");
  const keyId = createHash("sha256").update("key id").update(key).digest("hex").slice(0, 12);
  return {
    keyId,
    sessionKey: derive(appSecretKey, "session"),
    seal(plain, rowId) {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv("aes-256-gcm", key, nonce);
      cipher.setAAD(Buffer.from(rowId));
      const text = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
      return { keyId, sealed: Buffer.concat([nonce, cipher.getAuthTag(), text]) };
    },
    open(sealed, rowId) {
      if (sealed.keyId !== keyId) throw new Error(`Sealed with another key (${sealed.keyId}, ours is ${keyId}).`);
      const bytes = sealed.sealed;
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE), { authTagLength: TAG });
      decipher.setAAD(Buffer.from(rowId));
      decipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
      return Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]).toString("utf8");
    },
  };
}
