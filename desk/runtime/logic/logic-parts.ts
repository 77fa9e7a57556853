import type { ToView } from "../protocol";

/** Makes a function of a JavaScript expression whose free names are given; the mini program itself has no such thing. */
export type Evaluate = (names: readonly string[], expression: string) => (...values: unknown[]) => unknown;

/** What the logic is built from. */
export interface LogicParts {
  send(message: ToView): void;
  evaluate: Evaluate;
  /** Makes a function global for the mini program (the automator's exposeFunction). */
  expose(name: string, code: (...args: unknown[]) => unknown): void;
}
