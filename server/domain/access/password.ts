import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { AppError } from "../../errors";

/** OWASP's second choice for scrypt: 32 MB a check. https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html */
const COST = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 };
const LENGTH = 32;
const MIN_LENGTH = 10;

/** `scrypt$N$r$p$salt$hash`: the cost can rise later without losing old passwords. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, COST);
  return ["scrypt", COST.N, COST.r, COST.p, salt.toString("base64url"), hash.toString("base64url")].join("$");
}

/** False also for an absent hash, after the same work: who has an account must not show in the time taken. */
export async function checkPassword(password: string, stored: string | null): Promise<boolean> {
  const [, n, r, p, salt, hash] = (stored ?? "").split("$");
  if (!salt || !hash) {
    await derive(password, Buffer.alloc(16), COST);
    return false;
  }
  const expected = Buffer.from(hash, "base64url");
  const cost = { N: Number(n), r: Number(r), p: Number(p), maxmem: COST.maxmem };
  const actual = await derive(password, Buffer.from(salt, "base64url"), cost);
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

/** Throws `weak_password` for what is guessed first: short, one repeated character, the login itself. */
export function requireStrong(password: string, login: string): void {
  const weak =
    password.length < MIN_LENGTH ||
    new Set(password).size < 5 ||
    password.toLowerCase().includes(login.toLowerCase()) ||
    /^(password|passw0rd|qwertyuiop|1234567890|0123456789|administrator)/i.test(password);
  if (weak) {
    throw new AppError(
      "weak_password",
      `Choose a password of at least ${MIN_LENGTH} characters that does not hold the login and is not a usual one.`,
    );
  }
}

function derive(password: string, salt: Buffer, cost: typeof COST): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize("NFKC"), salt, LENGTH, cost, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
