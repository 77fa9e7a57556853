/** PostgreSQL has no text with a zero in it, and no JSON with half a character. */
const UNSTORABLE = /\0|\p{Surrogate}/u;

/** Whether a text can be kept as it is. */
export function isStorable(text: string): boolean {
  return !UNSTORABLE.test(text);
}

/** The same of all texts in a value, names of keys too. */
export function isStorableWhole(value: unknown): boolean {
  if (typeof value === "string") return isStorable(value);
  if (typeof value !== "object" || value === null) return true;
  for (const key in value) {
    if (!isStorable(key) || !isStorableWhole((value as Record<string, unknown>)[key])) return false;
  }
  return true;
}

/** Whether a value holds others within others on more levels than that. */
export function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((part) => isDeeper(part, levels - 1));
}
