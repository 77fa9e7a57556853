/** What an error says. The engine's own are not of this realm's class everywhere. */
export function messageOf(error: unknown): string {
  return typeof error === "object" && error !== null && "message" in error ? String(error.message) : "";
}
