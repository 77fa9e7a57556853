import type { DatasetProblem, ProblemCode } from "../../../core/contract/dataset/edit";
import type { Fault } from "../../../core/contract/dataset/reason";
import { EngineError } from "../process/scheduler";
import { SourceFault } from "../source/source-fault";

/** A problem of a dataset's model before it is known where it stands in the text. */
export type Finding = Omit<DatasetProblem, "line" | "column">;

export type Path = DatasetProblem["path"];

/** A finding; an error unless told otherwise. Where there is a fault, its names are the finding's. */
export function finding(
  path: Path,
  code: ProblemCode,
  said: { message: string; names?: string[]; fault?: Fault | null; severity?: Finding["severity"] },
): Finding {
  const { message, fault, severity = "error" } = said;
  return { path, code, reason: fault?.reason ?? null, message, names: fault?.names ?? said.names ?? [], severity };
}

const MAX_WORDS = 300;

/** What an engine said of a statement, in one line; editors know the source that it speaks of. */
export function wordsOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const said = cause instanceof EngineError || error instanceof SourceFault ? cause : error;
  const text = said instanceof Error ? said.message : String(said);
  return (text.split("\n")[0] ?? "").slice(0, MAX_WORDS);
}

/** The name that is meant where another one stands; null where none is near. */
export function nearest(wanted: string, names: readonly string[]): string | null {
  const near = names
    .map((name) => ({ name, steps: distance(wanted.toLowerCase(), name.toLowerCase()) }))
    .filter(({ steps, name }) => steps <= Math.min(3, Math.floor(name.length / 2)))
    .sort((a, b) => a.steps - b.steps);
  return near[0]?.name ?? null;
}

/** How many letters must be changed, added or taken away. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (let at = 1; at <= to.length; at++) {
      const change = (row[at - 1] ?? 0) + (letter === to[at - 1] ? 0 : 1);
      next.push(Math.min(change, (row[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
