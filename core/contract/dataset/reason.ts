import { z } from "zod";

/** How a document is not one of ours. `names` are the parameters, in the order in which the comments list them. */
const SCHEMA = [
  /** The key. */
  "key_unknown",
  /** What is expected there: `string`, `number`, `int`, `boolean`, `array`, `object` or another of zod's words. */
  "missing",
  /** What is expected instead. */
  "type_differs",
  /** Each value that there may be. */
  "choice",
  /** Of what (`string`: letters, `array`: entries, `number`) and how much at least. */
  "too_little",
  /** Of what, and how much at most. */
  "too_much",
  /** None of the forms that there may be. */
  "form_unknown",
  /** The character 0, or half of a character. */
  "not_storable",
  "not_a_name",
  "not_a_group",
  "not_an_id",
  "not_a_time_zone",
  "dialect_needed",
  "source_not_a_file",
  "source_not_a_table",
  "source_not_a_query",
  "source_of_the_engine",
  "join_columns_differ",
  "rows_not_said",
  "group_or_groups",
  /** The dataset. */
  "dataset_twice",
  /** The relationship, and the dataset that it names. */
  "join_of_a_stranger",
  /** The relationships, and the dataset that they lead back to. */
  "join_circle",
  /** From which dataset to which, by which relationships, and by which others. */
  "join_two_ways",
  /** The name. */
  "name_twice",
  /** The name. */
  "no_such_field",
  /** The name. */
  "no_such_metric",
  /** The name. */
  "no_such_member",
  /** The metric. */
  "metric_tells_no_rows",
  /** The hierarchy. */
  "hierarchy_twice",
  /** The field. */
  "level_twice",
] as const;

/** What is wrong with an expression or a SELECT. */
const TEXT = [
  "comment",
  "control_character",
  "text_for_table",
  /** The name. */
  "maybe_a_file",
  /** The name. */
  "of_the_session",
  "too_long",
  "too_deep",
  /** How it goes on from there. */
  "unreadable",
  "not_a_select",
  "bracket_open",
  "bracket_extra",
  /** The function. */
  "calls",
  /** The name. */
  "of_the_engine",
  /** The name. */
  "text_behind",
  /** The engine's dialect. */
  "no_form",
  "several_rows",
  "no_home",
  /** The metrics. */
  "needs_itself",
  /** The name. */
  "no_metric",
  "nested_aggregate",
  /** The dataset. */
  "no_dataset",
  /** The datasets. */
  "rows_apart",
  /** The name. */
  "no_field",
] as const;

/** What keeps a policy's filter from fitting its field, and a source from being read. */
const LOOKED_UP = [
  "no_date",
  "no_text",
  "texts_needed",
  /** How many. */
  "values_needed",
  /** What kind of values the field has: `string`, `number` or `boolean`. */
  "value_differs",
  "days_needed",
  "unit_needed",
  /** The unit. */
  "count_needed",
  /** The source. */
  "no_file",
  "no_source",
] as const;

/** What is wrong at a place of an expression; the last two names are what stands there and at which position. Both are empty where the text ends. */
const PLACE = [
  "should_end",
  "truth_needed",
  "list_needed",
  "interval_needed",
  "date_part_needed",
  "when_needed",
  "value_needed",
  "field_needed",
  "decimal_digits",
  /** The word or mark. */
  "mark_needed",
  /** The text, and what it is not: `date` or `timestamp`. */
  "no_moment",
  /** The word. */
  "no_type",
] as const;

/** Exactly what is wrong, within a problem's code, for those who say it in another language than the message's. */
export const ProblemReason = z.enum([...SCHEMA, ...TEXT, ...LOOKED_UP, ...PLACE]);
export type ProblemReason = z.infer<typeof ProblemReason>;

/** What is wrong, and with what. */
export interface Fault {
  reason: ProblemReason;
  names: string[];
}

/** What a rule of a schema adds to its issue, so that it is known by more than its message. */
export function because(reason: ProblemReason, ...names: string[]): { params: Fault } {
  return { params: { reason, names } };
}
