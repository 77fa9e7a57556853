const compiled = new Map<string, RegExp>();

/** Whether all of a text has a pattern. Patterns are few and used for many texts: each is compiled once. */
export function hasPattern(text: string, pattern: string): boolean {
  let known = compiled.get(pattern);
  if (!known) {
    if (compiled.size > 1_000) compiled.clear();
    compiled.set(pattern, (known = new RegExp(`^(?:${pattern})$`, "i")));
  }
  return known.test(text);
}
