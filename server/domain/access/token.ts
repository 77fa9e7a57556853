import { createHmac, hash, randomBytes } from "node:crypto";

/** 256 random bits, as they travel. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** Tokens are stored as this only. They are random, so a plain hash cannot be turned round. */
export function hashToken(token: string): Buffer {
  return hash("sha256", token, "buffer");
}

/**
 * What follows a refresh token. It is computed, not stored: whoever lost the reply and asks again with the same token
 * gets the same answer, and the database still holds hashes only.
 */
export function successorOf(refreshToken: string, key: Buffer): { refreshToken: string; accessToken: string } {
  const mac = (purpose: string): string =>
    createHmac("sha256", key).update(`${purpose}:${refreshToken}`).digest("base64url");
  return { refreshToken: mac("refresh"), accessToken: mac("access") };
}
