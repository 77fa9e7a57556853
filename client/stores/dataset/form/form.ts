import { makeAutoObservable, observableShallow } from "mobx";
import type { DatasetEditor } from "../editor";
import { readForm, type FieldRow, type FormDocument, type MeasureRow } from "./document";
import { expressionOf, type MeasureShape } from "./measure";
import { withMember, withValue } from "./text-change";

type Path = (string | number)[];

/** What a person may change of a field. */
export type FieldChange = Partial<
  Pick<FieldRow, "label" | "description" | "datatype" | "format" | "hidden" | "folder">
>;
export type MeasureChange = Partial<
  Pick<MeasureRow, "label" | "description" | "format" | "direction" | "hidden" | "shape">
>;

/**
 * A dataset's text as a form. There is no second document: each change is made in the text itself, so that its order, what
 * the form does not know, and its author's way of writing stay.
 */
export class DatasetForm {
  /** What each change made of which text, the latest last. */
  private steps: { before: string; after: string }[] = [];

  constructor(private readonly editor: DatasetEditor) {
    makeAutoObservable<this, "editor" | "steps">(this, { editor: false, steps: observableShallow });
  }

  /** Whether the latest change of the form is still the latest of the text. */
  get undoable(): boolean {
    return this.steps.at(-1)?.after === this.editor.text;
  }

  undo(): void {
    const step = this.undoable ? this.steps.pop() : undefined;
    if (step) this.editor.edit(step.before);
  }

  /** Null where the text cannot be read as a form now. */
  get document(): FormDocument | null {
    return readForm(this.editor.text);
  }

  setLabel(label: string): void {
    this.step(() => {
      this.set(["dingboard", "label"], label);
    });
  }

  changeField({ name, at: [table, field] }: Pick<FieldRow, "name" | "at">, change: FieldChange): void {
    this.step(() => {
      const place: Path = ["semantic_model", "datasets", table, "fields", field];
      if (change.datatype !== undefined) this.set([...place, "datatype"], change.datatype);
      if (change.description !== undefined) this.set([...place, "description"], change.description || undefined);
      if (change.folder !== undefined) this.set([...place, "label"], change.folder || undefined);
      this.changeSettings("dimensions", name, change);
    });
  }

  changeMeasure({ name, path, table }: Pick<MeasureRow, "name" | "path" | "table">, change: MeasureChange): void {
    this.step(() => {
      const { shape, direction } = change;
      const expression = shape && this.expression(shape, table);
      if (expression) this.set([...path, "expression"], ansi(expression));
      if (change.description !== undefined) this.set([...path, "description"], change.description || undefined);
      this.changeSettings("measures", name, change);
      if (direction) this.set(["dingboard", "measures", name, "direction"], direction);
    });
  }

  /** One more measure of a table; its name is made from what it is. Null where its shape names what is not there. */
  addMeasure(table: string, shape: MeasureShape, label: string): string | null {
    return this.step(() => {
      const { document } = this;
      const at = document?.tables.findIndex(({ name }) => name === table) ?? -1;
      const expression = this.expression(shape, table);
      if (!document || at < 0 || !expression) return null;
      const name = freeName(nameOf(shape), document);
      const list: Path = ["semantic_model", "datasets", at, "metrics"];
      const count = document.measures.filter((measure) => measure.table === table).length;
      this.insert(list, count, { name, expression: ansi(expression) });
      this.set(["dingboard", "measures", name], { label });
      return name;
    });
  }

  removeMeasure({ name, path }: Pick<MeasureRow, "name" | "path">): void {
    this.step(() => {
      this.set(path, undefined);
      this.set(["dingboard", "measures", name], undefined);
    });
  }

  /** Moves a field up or down in its table; nothing where it is the last one there. */
  moveField({ at: [table, field] }: Pick<FieldRow, "at">, by: -1 | 1): void {
    this.step(() => {
      this.move(["semantic_model", "datasets", table, "fields"], field, by);
    });
  }

  setHierarchies(hierarchies: FormDocument["hierarchies"]): void {
    this.step(() => {
      this.set(["dingboard", "hierarchies"], hierarchies.length > 0 ? hierarchies : undefined);
    });
  }

  setRelationships(relationships: FormDocument["relationships"]): void {
    this.step(() => {
      this.set(["semantic_model", "relationships"], relationships.length > 0 ? relationships : undefined);
    });
  }

  setPolicies(policies: FormDocument["policies"]): void {
    this.step(() => {
      this.set(["dingboard", "access_policy"], policies.length > 0 ? policies : undefined);
    });
  }

  /** What is done in one go is taken back in one go, steps within it too. */
  step<T>(run: () => T): T {
    const before = this.editor.text;
    const known = this.steps.length;
    const result = run();
    const after = this.editor.text;
    this.steps.splice(known);
    if (after !== before) this.steps.push({ before, after });
    return result;
  }

  private changeSettings(part: "dimensions" | "measures", name: string, change: FieldChange & MeasureChange): void {
    const place: Path = ["dingboard", part, name];
    const asked = (["label", "format", "hidden"] as const).filter((key) => key in change);
    if (asked.length === 0) return;
    // settings have a label in any case: what people read until now
    this.set([...place, "label"], change.label || this.labelOf(part, name));
    if ("format" in change) this.set([...place, "format"], change.format);
    if ("hidden" in change) this.set([...place, "hidden"], change.hidden || undefined);
  }

  private labelOf(part: "dimensions" | "measures", name: string): string {
    const known = part === "dimensions" ? this.document?.fields : this.document?.measures;
    return known?.find((each) => each.name === name)?.label ?? name;
  }

  private expression(shape: MeasureShape, table: string | null): string | null {
    const { fields = [], measures = [] } = this.document ?? {};
    const columnOf = (field: string): string | null =>
      fields.find((each) => each.name === field && (table === null || each.table === table))?.expression ?? null;
    return expressionOf(
      shape,
      columnOf,
      (name) => measures.find((each) => each.name === name && each.table === table)?.expression ?? null,
    );
  }

  private move(list: Path, from: number, by: -1 | 1): void {
    const values = list.reduce<unknown>(
      (inner, key) => (inner as Record<string | number, unknown>)[key],
      JSON.parse(this.editor.text),
    ) as unknown[];
    const to = from + by;
    if (to < 0 || to >= values.length) return;
    const moved = values[from];
    const without = withValue(this.editor.text, [...list, from], undefined);
    this.editor.edit(withMember(without, list, to, moved));
  }

  private insert(list: Path, index: number, value: unknown): void {
    const { text } = this.editor;
    this.editor.edit(index === 0 ? withValue(text, list, [value]) : withMember(text, list, index, value));
  }

  private set(path: Path, value: unknown): void {
    this.editor.edit(withValue(this.editor.text, path, value));
  }
}

const ansi = (expression: string): unknown => ({ dialects: [{ dialect: "ANSI_SQL", expression }] });

function nameOf(shape: MeasureShape): string {
  switch (shape.kind) {
    case "rows":
      return "row_count";
    case "field":
      return `${shape.aggregation === "distinctCount" ? "distinct" : shape.aggregation}_${shape.field}`;
    case "ratio":
      return `${shape.numerator}_per_${shape.denominator}`;
    case "expression":
      return "measure";
  }
}

/** A name that no field or measure has yet, as long as names may be. */
function freeName(wanted: string, { fields, measures }: FormDocument): string {
  const taken = new Set([...fields, ...measures].map(({ name }) => name));
  const stem = wanted.slice(0, 58);
  for (let number = 1; ; number++) {
    const name = number === 1 ? stem : `${stem}_${number}`;
    if (!taken.has(name)) return name;
  }
}
