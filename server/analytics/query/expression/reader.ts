import { ExpressionError, type FaultReason } from "./fault";
import { tokensOf } from "./token";
import type { Token } from "./token";

/** How deeply an expression may be nested. */
const MAX_DEPTH = 60;

/** The tokens of one expression, taken one after the other. */
export class TokenReader {
  private readonly tokens: Token[];
  private next = 0;
  private depth = 0;

  constructor(expression: string) {
    this.tokens = tokensOf(expression);
  }

  /** Takes the next token where it is this word or mark. */
  take(text: string): boolean {
    if (!this.sees(text)) return false;
    this.next += 1;
    return true;
  }

  /** Takes several words in a row, or none. */
  takeAll(...words: string[]): boolean {
    if (!words.every((word, index) => this.sees(word, index))) return false;
    this.next += words.length;
    return true;
  }

  expect(text: string): void {
    if (!this.take(text)) throw this.failure("mark_needed", text);
  }

  sees(text: string, ahead = 0): boolean {
    const token = this.tokens[this.next + ahead];
    if (!token || token.kind === "text" || token.kind === "number") return false;
    if (token.kind === "name") return !token.quoted && token.text.toUpperCase() === text;
    return token.text === text;
  }

  /** Takes the first of the words or marks that comes next. */
  takeOne<Word extends string>(words: readonly Word[]): Word | null {
    return words.find((word) => this.take(word)) ?? null;
  }

  takeKind<Kind extends Token["kind"]>(kind: Kind): Extract<Token, { kind: Kind }> | null {
    const token = this.tokens[this.next];
    if (token?.kind !== kind) return null;
    this.next += 1;
    return token as Extract<Token, { kind: Kind }>;
  }

  get ended(): boolean {
    return this.next >= this.tokens.length;
  }

  /** Reads something that may hold itself again. */
  nested<Value>(read: () => Value): Value {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) throw new ExpressionError("too_deep");
    const value = read();
    this.depth -= 1;
    return value;
  }

  /** What is wrong at the next token. */
  failure(reason: FaultReason, ...names: string[]): ExpressionError {
    const token = this.tokens[this.next];
    return new ExpressionError(reason, ...names, ...(token ? [token.text, String(token.at + 1)] : ["", ""]));
  }
}
