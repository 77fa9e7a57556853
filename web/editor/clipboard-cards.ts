import type { CopiedCards } from "../../client/stores/editor/commands";

const KIND = "dingboard/cards";

/** Cards as text, for another report, another window, or a message. */
export const copiedText = (copied: CopiedCards): string =>
  JSON.stringify({ kind: KIND, version: 1, ...copied }, null, 2);

/** The cards that a text holds, checked as the server would; null where it is something else. */
export async function copiedFrom(text: string): Promise<CopiedCards | null> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null || !("kind" in value) || value.kind !== KIND) return null;
  const { readCards } = await import("./read-cards"); // schemas are heavy, and few people paste
  return readCards(value);
}
