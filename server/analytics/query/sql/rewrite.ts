import { FileSource, isEnginesOwn } from "../../../../core/contract/dataset/semantic-model";
import type { Dialect } from "../dialect/dialect";
import { ExpressionError } from "../expression/fault";
import { tokensOf, type Token } from "../expression/token";
import { tableOf } from "../table-name";
import { FUNCTIONS, KEYWORDS, NEVER_CALLED, OF_THE_SESSION, TAKES_UNIT, TYPES, UNITS } from "./words";

const MAX_TOKENS = 5_000;
const MAX_DEPTH = 50;
const QUOTED = /'(?:[^']|'')*'|"(?:[^"]|"")*"/g;
const STARTS_COMMENT = /--|\/\*|#/;

/** What a bracket was opened by, and where within it we are. */
interface Bracket {
  word: string;
  /** In a cast: whether its `AS` was passed, which announces a type. */
  typed: boolean;
  /** Among what is selected, among tables, in the condition of a join between two of them, or elsewhere. */
  clause: "selected" | "tables" | "condition" | "other";
}

/** Words behind which tables, a join's condition, or another clause stand. */
const CLAUSES: Record<string, Bracket["clause"]> = {
  SELECT: "selected",
  JOIN: "tables",
  ON: "condition",
  USING: "condition",
  ...Object.fromEntries("WHERE GROUP HAVING ORDER LIMIT".split(" ").map((word) => [word, "other"])),
};

/**
 * A SELECT of a dataset's author as an engine is given it: read word by word and written anew. Words that are not known to
 * be harmless become names, names are quoted, literals are the engine's own, what is called is on a list. So no comment,
 * second statement, other clause, file, function or system table can be reached, however it is written. `files`: quoted
 * names of files become the tables that hold them. Throws an ExpressionError that says what is not allowed.
 */
export function rewrittenSql(sql: string, dialect: Dialect): string {
  if (STARTS_COMMENT.test(sql.replace(QUOTED, ""))) throw new ExpressionError("comment");
  const tokens = tokensOf(sql);
  if (tokens.length > MAX_TOKENS) throw new ExpressionError("too_long");
  return new Rewriter(tokens, dialect).all();
}

/** The files that a SELECT reads. */
export function filesOf(sql: string): string[] {
  try {
    const names = tokensOf(sql).flatMap((token) => (isFile(token) ? [token.text] : []));
    return [...new Set(names)];
  } catch (error) {
    if (error instanceof ExpressionError) return []; // it is refused where it is rewritten
    throw error;
  }
}

function isFile(token: Token): boolean {
  return token.kind === "name" && token.quoted && FileSource.safeParse(token.text).success;
}

function isMark(token: Token | undefined, text: string): boolean {
  return token?.kind === "mark" && token.text === text;
}

function notCallable(name: string): ExpressionError {
  return new ExpressionError("calls", name);
}

class Rewriter {
  /** The first one is the whole. */
  private readonly brackets: Bracket[] = [{ word: "", typed: false, clause: "other" }];
  private next = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly dialect: Dialect,
  ) {}

  all(): string {
    const first = this.wordAt(0);
    if (first !== "SELECT" && first !== "WITH") throw new ExpressionError("not_a_select");
    let written = "";
    for (; this.next < this.tokens.length; this.next++) {
      const token = this.tokens[this.next] as Token;
      // Some engines take a name for a function only where its bracket follows at once.
      const isClose = isMark(token, "(") || isMark(token, ".") || isMark(this.tokens[this.next - 1], ".");
      written += `${isClose ? "" : " "}${this.write(token)}`;
    }
    if (this.brackets.length > 1) throw new ExpressionError("bracket_open");
    return written.trim();
  }

  private write(token: Token): string {
    switch (token.kind) {
      case "number":
        return token.text;
      case "text":
        // DuckDB would read the file of that name.
        if (this.bracket.clause === "tables") throw new ExpressionError("text_for_table");
        return this.dialect.literal(token.text);
      case "mark":
        return this.mark(token.text);
      case "name":
        return token.quoted ? this.quotedName(token.text) : this.word(token.text);
    }
  }

  private mark(text: string): string {
    const { bracket } = this;
    if (text === "(") {
      const clause = bracket.clause === "tables" ? "tables" : "other";
      this.brackets.push({ word: this.wordAt(this.next - 1), typed: false, clause });
      if (this.brackets.length > MAX_DEPTH) throw new ExpressionError("too_deep");
    }
    if (text === ")" && this.brackets.length === 1) throw new ExpressionError("bracket_extra");
    if (text === ")") this.brackets.pop();
    if (text === "," && bracket.clause === "condition") bracket.clause = "tables";
    return text;
  }

  private get bracket(): Bracket {
    return this.brackets.at(-1) as Bracket;
  }

  private quotedName(name: string): string {
    if (this.seesBracket()) throw notCallable(name);
    if (this.expectsType()) throw this.noType(name);
    if (this.dialect.engine === "duckdb" && FileSource.safeParse(name).success) {
      return this.dialect.quote(tableOf(name));
    }
    return this.name(name);
  }

  private name(name: string): string {
    if (isEnginesOwn(name)) throw new ExpressionError("of_the_engine", name);
    if (this.bracket.clause === "tables" && /[/\\]/.test(name)) {
      throw new ExpressionError("maybe_a_file", name);
    }
    if (this.isOfTheSession(name)) {
      throw new ExpressionError("of_the_session", name);
    }
    // PostgreSQL would take it for a type: a cast by another way.
    if (this.tokens[this.next + 1]?.kind === "text") throw new ExpressionError("text_behind", name);
    return this.dialect.quote(name);
  }

  /** ClickHouse calls some functions by their bare names, quoted too. */
  private isOfTheSession(name: string): boolean {
    if (this.dialect.engine !== "clickhouse" || !OF_THE_SESSION.has(name.toLowerCase())) return false;
    const isTable = this.bracket.clause === "tables" || isMark(this.tokens[this.next + 1], ".");
    return !isTable && !this.isNamed() && this.wordAt(this.next - 1) !== "AS";
  }

  private word(text: string): string {
    const word = text.toUpperCase();
    if (this.expectsType()) return this.type(text, word);
    if (!this.isNamed()) {
      if (this.expectsUnit() && UNITS.has(word)) return word;
      if (KEYWORDS.has(word)) return this.keyword(word);
      if (this.isMoment(word)) return word;
    }
    return this.seesBracket() ? this.called(text) : this.name(this.folded(text));
  }

  /** `DATE '2026-01-31'`; as a name the word stays free. */
  private isMoment(word: string): boolean {
    return (word === "DATE" || word === "TIMESTAMP") && this.tokens[this.next + 1]?.kind === "text";
  }

  private called(text: string): string {
    if (this.isNamed() || !FUNCTIONS[this.dialect.engine].has(text.toLowerCase())) {
      throw notCallable(text);
    }
    return text;
  }

  private keyword(word: string): string {
    if (NEVER_CALLED.has(word) && this.seesBracket()) throw notCallable(word);
    const { bracket } = this;
    if (word === "AS" && bracket.word === "CAST") bracket.typed = true;
    bracket.clause = this.beginsTables(word) ? "tables" : (CLAUSES[word] ?? bracket.clause);
    return word;
  }

  /** Not in `EXTRACT(year FROM day)`, nor in `a IS DISTINCT FROM b`. */
  private beginsTables(word: string): boolean {
    return word === "FROM" && this.bracket.clause === "selected" && this.wordAt(this.next - 1) !== "DISTINCT";
  }

  private type(text: string, word: string): string {
    if (!TYPES.has(word)) throw this.noType(text);
    return this.dialect.engine === "clickhouse" ? text : word;
  }

  private noType(word: string): ExpressionError {
    const { text, at } = this.tokens[this.next] as Token;
    return new ExpressionError("no_type", word, text, String(at + 1));
  }

  /** Behind `::`, and behind the AS of a cast; some types have two words. */
  private expectsType(): boolean {
    if (isMark(this.tokens[this.next - 1], "::")) return true;
    return this.bracket.typed;
  }

  /** Behind an interval's number, and first in the brackets of what takes a unit. */
  private expectsUnit(): boolean {
    const before = this.tokens[this.next - 1];
    if (before?.kind === "number" || before?.kind === "text") return this.wordAt(this.next - 2) === "INTERVAL";
    return isMark(before, "(") && TAKES_UNIT.has(this.bracket.word);
  }

  /** PostgreSQL folds what is not quoted. */
  private folded(name: string): string {
    return this.dialect.engine === "postgresql" ? name.toLowerCase() : name;
  }

  private seesBracket(): boolean {
    return isMark(this.tokens[this.next + 1], "(");
  }

  /** Whether a dot stands before it: a function of somebody's schema. */
  private isNamed(): boolean {
    return isMark(this.tokens[this.next - 1], ".");
  }

  private wordAt(index: number): string {
    const token = this.tokens[index];
    return token?.kind === "name" && !token.quoted ? token.text.toUpperCase() : "";
  }
}
