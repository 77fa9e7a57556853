/** Three states of something: what both sides began from, what was stored since, and what is to be stored now. */
export interface Three<Value> {
  base: Value;
  mine: Value;
  theirs: Value;
}

/** Looks at each of the three in the same way. */
export function each<From, To>({ base, mine, theirs }: Three<From>, look: (from: From) => To): Three<To> {
  return { base: look(base), mine: look(mine), theirs: look(theirs) };
}
