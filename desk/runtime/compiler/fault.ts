import type { CompileFault, Place } from "../compiled";

/** Everything that can be wrong with a mini program. The message says the rest to a person. */
export const FAULT_CODES = [
  "file_missing",
  "json_syntax",
  "json_type",
  "json_yes_no",
  "page_missing",
  "page_duplicated",
  "tab_page_missing",
  "tab_first_not_home",
  "tab_icon_missing",
  "component_missing",
  "component_not_declared",
  "component_name_invalid",
  "tag_unclosed",
  "tag_extra_close",
  "tag_unfinished",
  "tag_name_invalid",
  "tag_unknown",
  "comment_unclosed",
  "attribute_duplicated",
  "attribute_missing",
  "attribute_not_static",
  "directive_unknown",
  "directive_conflict",
  "else_orphan",
  "value_not_expression",
  "name_invalid",
  "event_handler_empty",
  "mustache_unclosed",
  "expression_empty",
  "expression_syntax",
  "expression_function",
  "expression_assignment",
  "expression_new",
  "expression_template_literal",
  "expression_optional_chaining",
  "expression_operator",
  "expression_regex",
  "expression_spread",
  "expression_sequence",
  "expression_object",
  "expression_call",
  "expression_not_allowed",
  "template_duplicated",
  "template_unknown",
  "template_nested",
  "template_roots",
  "import_missing",
  "import_nested",
  "include_cycle",
  "slot_misplaced",
  "slot_scope_mismatch",
  "sjs_missing",
  "sjs_export_missing",
  "sjs_syntax",
  "sjs_not_allowed",
  "sjs_global",
  "sjs_object",
  "acss_syntax",
  "acss_import_missing",
  "acss_import_cycle",
  "acss_import_invalid",
  "acss_attribute_selector",
  "acss_reserved_prefix",
  "acss_asset_missing",
  "acss_rpx_in_query",
  "script_syntax",
  "script_newer_than_es2017",
  "script_reserved_name",
  "module_missing",
] as const;
export type FaultCode = (typeof FAULT_CODES)[number];

/** Reported beside a compiled app: DingTalk's documents advise against it, its client runs it. */
export const WARNING_CODES: readonly FaultCode[] = [
  "template_roots",
  "acss_reserved_prefix",
  "expression_template_literal",
];

/** One text of the project with its path, able to say where an offset is. */
export class SourceText {
  private readonly lineStarts: number[] = [0];

  constructor(
    readonly file: string,
    readonly text: string,
  ) {
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) this.lineStarts.push(at + 1);
  }

  place(offset: number): Place {
    let low = 0;
    let high = this.lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { file: this.file, line: low + 1, column: offset - (this.lineStarts[low] ?? 0) + 1 };
  }
}

/**
 * What DingTalk's documents do not have and programs that ran on devices do: a warning, and the program goes on. An error
 * where the letter of the documents is wanted (strict).
 */
export const PRACTICE_CODES: ReadonlySet<FaultCode> = new Set<FaultCode>([
  "attribute_duplicated",
  "expression_function",
  "expression_call",
  "json_yes_no",
  "import_nested",
  "sjs_object",
]);

/** Collects faults, so that one compilation reports all that it can find; the same fault is kept once. */
export class Faults {
  private readonly byKey = new Map<string, CompileFault>();

  /** With `practice`, what devices are known to take goes there instead. */
  constructor(private readonly practice: Faults | null = null) {}

  add(place: Place, code: FaultCode, message: string): void {
    if (this.practice && PRACTICE_CODES.has(code)) return this.practice.add(place, code, message);
    const key = `${place.file}:${place.line}:${place.column}:${code}`;
    if (!this.byKey.has(key)) this.byKey.set(key, { ...place, code, message });
  }

  get list(): CompileFault[] {
    return [...this.byKey.values()];
  }
}
