import { own } from "../../../core/own";
import { action, computed, makeObservable, observableRef, runInAction } from "mobx";
import type { Scalar } from "../../../core/contract/report/query";
import type { FilterOptions, FilterValue, Question } from "../../../core/contract/report/question";
import type { FilterControl, ReportSpec } from "../../../core/contract/report/report";
import { chipsOf, withoutChip, type Chip, type ColumnOf } from "../../../core/report/question/chips";
import { emittedField, toggleCross } from "../../../core/report/question/cross";
import { drillBack, drillDown } from "../../../core/report/question/drill";
import { typedNumber } from "../../../core/report/digits";
import { rangeValue } from "../../../core/report/question/filter";
import { fitQuestion, NO_QUESTION } from "../../../core/report/question/question";
import { readQuestion, writeQuestion } from "../../../core/report/question/link";
import type { LanguageStore } from "../language";
import { filterView, type FilterView, type OptionsState } from "./filter-view";

/** One end of a range: null where it is open, undefined where the text is none. */
function endOf(control: FilterControl, text: string): string | number | null | undefined {
  if (text === "") return null;
  if (control === "dateRange") return text;
  return typedNumber(text) ?? undefined;
}

export interface QuestionParts {
  language: LanguageStore;
  /** The report's document, once it is there. */
  spec: () => ReportSpec | null;
  columnOf: ColumnOf;
  /** Told after a change, with what held before: the report asks for the cards that it touches. */
  changed: (before: Question) => void;
  options: (filterId: string, search: string, filters: Question["filters"]) => Promise<FilterOptions>;
}

/** What is shown of a question: plain data. */
export interface QuestionView {
  /** What restricts the report now. */
  chips: Chip[];
  /** Every filter with its control, as drafted or as applied. */
  filters: FilterView[];
  /** Whether the draft differs from what is applied. */
  dirty: boolean;
}

/** What a reader asks of a report: filters (drafted, then applied, or at once), picks in elements, ways down. */
export class QuestionStore {
  /** What the shown cards answer, or are being asked. */
  applied: Question = NO_QUESTION;
  private draft: Question["filters"] | null = null;
  private options: { filterId: string; search: string; state: OptionsState } | null = null;
  private newestOptions = 0;

  constructor(private readonly parts: QuestionParts) {
    makeObservable<this, "draft" | "options" | "setOptions">(this, {
      applied: observableRef,
      draft: observableRef,
      options: observableRef,
      view: computed,
      restore: action,
      fit: action,
      edit: action,
      reset: action,
      discard: action,
      change: action,
      setOptions: action,
    });
  }

  /** Takes a question from a link, before the report is there. */
  restore(link: string): void {
    this.applied = readQuestion(link);
  }

  /** The question as a link carries it; empty for the report as it was made. */
  get link(): string {
    return writeQuestion(this.applied);
  }

  /** Leaves out what the report, as it is now, does not know. */
  fit(spec: ReportSpec): void {
    const fitting = fitQuestion(spec, this.applied);
    if (writeQuestion(fitting) !== this.link) this.applied = fitting;
  }

  /** Drafts a value: nothing is asked before `apply`. Null: no restriction; undefined: the filter's default. */
  edit(filterId: string, value: FilterValue | null | undefined): void {
    const { [filterId]: _before, ...others } = this.values;
    this.draft = this.withoutChildren(filterId, value === undefined ? others : { ...others, [filterId]: value });
  }

  /** Drafts one value more or less of a select, or another one where it takes one at a time. */
  toggleOption(filterId: string, value: Scalar): void {
    const filter = this.parts.spec()?.filters.find(({ id }) => id === filterId);
    if (!filter) return;
    const chosen = own(this.values, filterId);
    const before = (chosen === undefined ? filter.default?.values : chosen?.values) ?? [];
    const others = filter.single ? [] : before;
    const values = before.indexOf(value) >= 0 ? before.filter((one) => one !== value) : [...others, value];
    this.edit(filterId, values.length > 0 ? { operator: filter.operator, values } : null);
  }

  /** Drafts one end of a range of days or numbers; an empty text opens it. What is no number changes nothing. */
  editEnd(filterId: string, side: "from" | "to", text: string): void {
    const shown = this.view.filters.find(({ id }) => id === filterId);
    if (!shown) return;
    const ends = { from: shown.from, to: shown.to, [side]: text.trim() };
    const [from, to] = [ends.from, ends.to].map((end) => endOf(shown.control, end));
    if (from !== undefined && to !== undefined) this.edit(filterId, rangeValue(from, to));
  }

  /** Drafts a text filter's text. */
  editText(filterId: string, text: string): void {
    const filter = this.parts.spec()?.filters.find(({ id }) => id === filterId);
    if (filter) this.edit(filterId, text.trim() ? { operator: filter.operator, values: [text.trim()] } : null);
  }

  /** Drafts every filter's default. */
  reset(): void {
    this.draft = {};
  }

  /** Forgets the draft. */
  discard(): void {
    this.draft = null;
    this.options = null;
    this.newestOptions += 1;
  }

  /** Asks with the drafted values. */
  apply(): void {
    const { draft } = this;
    this.discard();
    if (draft) this.change({ ...this.applied, filters: draft });
  }

  /** Asks with another value at once. */
  set(filterId: string, value: FilterValue | null | undefined): void {
    this.edit(filterId, value);
    this.apply();
  }

  /** Filters the other elements by a value of this one, or no longer; `more` adds to what it picked before. */
  pick(elementId: string, value: Scalar, more = false): void {
    const field = emittedField(this.parts.spec()?.elements[elementId], this.applied, elementId);
    if (field !== null) this.change(toggleCross(this.applied, { element: elementId, field, value, more }));
  }

  /** Goes down an element's hierarchy into a value; does nothing at its end. */
  drillDown(elementId: string, value: Scalar): void {
    const element = this.parts.spec()?.elements[elementId];
    if (element) this.change(drillDown(this.applied, elementId, element, value));
  }

  /** Goes back to a depth of the hierarchy; 0 is its top. */
  drillBack(elementId: string, depth: number): void {
    this.change(drillBack(this.applied, elementId, depth));
  }

  /** Takes away what a chip stands for. */
  removeChip(chip: Pick<Chip, "kind" | "id">): void {
    this.draft = null;
    const next = withoutChip(this.applied, chip);
    const filters = chip.kind === "filter" ? this.withoutChildren(chip.id, next.filters) : next.filters;
    this.change({ ...next, filters });
  }

  /** The report as it was made. */
  clear(): void {
    this.draft = null;
    this.change(NO_QUESTION);
  }

  /** Asks for another question. Everything above ends here. */
  change(next: Question): void {
    const before = this.applied;
    if (writeQuestion(next) === writeQuestion(before)) return;
    this.applied = next;
    this.parts.changed(before);
  }

  /** Asks what can be chosen for a filter under the drafted values; the answer shows in the filter's view. */
  async loadOptions(filterId: string, search = ""): Promise<void> {
    const turn = ++this.newestOptions; // a slow answer to an older search must not win
    const known = this.options?.filterId === filterId ? this.options.state : null;
    const earlier = known?.kind === "ready" ? known : null;
    this.setOptions(turn, filterId, search, earlier ?? { kind: "loading" });
    const state = await this.parts.options(filterId, search, this.values).then(
      (options): OptionsState => ({ kind: "ready", ...options }),
      (): OptionsState => ({ kind: "failed" }),
    );
    runInAction(() => this.setOptions(turn, filterId, search, state));
  }

  private setOptions(turn: number, filterId: string, search: string, state: OptionsState): void {
    if (turn === this.newestOptions) this.options = { filterId, search, state };
  }

  private get values(): Question["filters"] {
    return this.draft ?? this.applied.filters;
  }

  /** A city chosen in one region means nothing in another: where a parent changes, its children start anew. */
  private withoutChildren(parentId: string, filters: Question["filters"]): Question["filters"] {
    const children = (this.parts.spec()?.filters ?? []).filter(({ parent }) => parent === parentId);
    return children.reduce((kept, { id }) => {
      const { [id]: _child, ...others } = kept;
      return this.withoutChildren(id, others);
    }, filters);
  }

  get view(): QuestionView {
    const spec = this.parts.spec();
    if (!spec) return { chips: [], filters: [], dirty: false };
    const { current } = this.parts.language;
    const drafted = { ...this.applied, filters: this.values };
    return {
      chips: chipsOf(spec, this.applied, current, this.parts.columnOf),
      filters: spec.filters.map((filter) => filterView(filter, drafted, this.options, current)),
      dirty: writeQuestion(drafted) !== this.link,
    };
  }
}
