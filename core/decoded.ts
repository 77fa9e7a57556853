/** A part of an address, decoded; as it is where it was never encoded (`100%`). */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
