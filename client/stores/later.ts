/** Runs something later; what it answers calls it off. */
export type Later = (run: () => void, ms: number) => () => void;
