import type { Fault } from "../../../../core/contract/dataset/reason";

/** In English, as it goes on behind "The expression". */
const SAYS = {
  comment: () => "holds a comment",
  control_character: () => "holds a control character",
  text_for_table: () => "has a text in the place of a table",
  maybe_a_file: (name: string) => `names "${name}", which may be a file, in the place of a table`,
  of_the_session: (name: string) => `names "${name}" alone, which the engine may answer itself: write table.${name}`,
  too_long: () => "is too long",
  too_deep: () => "is nested too deeply",
  unreadable: (rest: string) => `cannot be read from "${rest}" on`,
  not_a_select: () => "does not begin with SELECT or WITH",
  bracket_open: () => 'misses a ")"',
  bracket_extra: () => 'closes a ")" that was never opened',
  calls: (name: string) => `calls ${name}, which may not be called`,
  of_the_engine: (name: string) => `names "${name}", which belongs to the engine itself`,
  text_behind: (name: string) => `has a text behind "${name}"`,
  no_form: (dialect: string) => `has no form for this source: ANSI_SQL or ${dialect}`,
  several_rows: () => "is about one row, and must not add up several",
  no_home: () => "does not say of which dataset: write dataset.field",
  needs_itself: (metrics: string) => `needs itself: ${metrics}`,
  no_metric: (name: string) => `holds "${name}", which is no metric, outside of an aggregate`,
  nested_aggregate: () => "adds up within what it adds up",
  no_dataset: (name: string) => `names the dataset "${name}", which the model does not have`,
  rows_apart: (datasets: string) => `adds up rows of ${datasets}, of which none belongs to one row of the others`,
  no_field: (name: string) => `names "${name}", which is no field of the model`,
  should_end: (...place: string[]) => `should end${at(place)}`,
  truth_needed: (...place: string[]) => `misses NULL, TRUE or FALSE${at(place)}`,
  list_needed: (...place: string[]) => `misses IN, BETWEEN or LIKE${at(place)}`,
  interval_needed: (...place: string[]) => `needs an INTERVAL such as INTERVAL 1 DAY${at(place)}`,
  date_part_needed: (...place: string[]) => `misses a part of a date${at(place)}`,
  when_needed: (...place: string[]) => `misses WHEN${at(place)}`,
  value_needed: (...place: string[]) => `misses a value${at(place)}`,
  field_needed: (...place: string[]) => `misses the name of a field${at(place)}`,
  decimal_digits: (...place: string[]) => `has a DECIMAL of more than 38 digits, or of none${at(place)}`,
  mark_needed: (mark: string, ...place: string[]) => `misses "${mark}"${at(place)}`,
  no_moment: (value: string, type: string, ...place: string[]) => `has "${value}", which is no ${type}${at(place)}`,
  no_type: (word: string, ...place: string[]) => `has "${word}", which is no type${at(place)}`,
} satisfies Partial<Record<Fault["reason"], (...names: string[]) => string>>;

export type FaultReason = keyof typeof SAYS;

function at([token, position]: string[]): string {
  return token === undefined || position === undefined || position === ""
    ? " at its end"
    : ` before "${token}" at position ${position}`;
}

/** What is wrong with an expression or a SELECT of a model. The message goes on behind "The expression". */
export class ExpressionError extends Error implements Fault {
  override readonly name = "ExpressionError";
  readonly names: string[];

  constructor(
    readonly reason: FaultReason,
    ...names: string[]
  ) {
    super((SAYS[reason] as (...names: string[]) => string)(...names));
    this.names = names;
  }
}
