import type { z } from "zod";
import type { Domain } from "../compose";

/** Where a command reads and writes; tests hand in their own. */
export interface Terminal {
  print(line: string): void;
  complain(line: string): void;
  /** Whether a person sits at standard input: then nothing waits for it. */
  interactive: boolean;
  /** The whole of standard input. */
  readInput(): Promise<string>;
}

/** One option of a command. A `flag` takes no value. */
export interface Option {
  about: string;
  flag?: boolean;
  required?: boolean;
}

/** What an operator can do. `input` checks the options once they are known to exist. */
export interface Command<Input = unknown> {
  about: string;
  options: Record<string, Option>;
  input: z.ZodType<Input>;
  /** Set where APP_SECRET_KEY may differ from the one the database knows. */
  anyKey?: boolean;
  run(domain: Domain, input: Input, terminal: Terminal): Promise<void>;
}

/** Keeps the type between `input` and `run`; the table of commands forgets it. */
export function command<Input>(spec: Command<Input>): Command {
  return { ...spec, run: (domain, input, terminal) => spec.run(domain, spec.input.parse(input), terminal) };
}

/** What the operator typed is not usable; the text says how it would be. */
export class UsageError extends Error {}

/** A secret from its option or from standard input, without the line's end. Throws where nobody gives one. */
export async function readSecret(
  given: string | undefined,
  what: { name: string; option: string },
  terminal: Terminal,
): Promise<string> {
  if (given !== undefined) return given;
  const hint = `Give the ${what.name} on standard input (printf %s "$SECRET" | npm run --silent admin -- ...), or with --${what.option}, which other users of this machine can see.`;
  if (terminal.interactive) throw new UsageError(hint);
  const text = (await terminal.readInput()).replace(/\r?\n$/, "");
  if (text === "") throw new UsageError(`The ${what.name} is missing. ${hint}`);
  return text;
}
