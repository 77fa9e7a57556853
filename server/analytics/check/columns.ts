import type { DataType } from "../../../core/contract/dataset/semantic-model";
import type { EngineName } from "../query/dialect/dialect";
import { partsOf, type Tree } from "../query/expression/tree";
import type { DescribedColumn } from "../source/source";
import { finding, nearest, type Finding, type Path } from "./finding";

/** The columns of one dataset's table, as its engine tells their names apart. */
export class Columns {
  private readonly byName: ReadonlyMap<string, DescribedColumn>;

  constructor(
    private readonly engine: EngineName,
    private readonly all: readonly DescribedColumn[],
  ) {
    this.byName = new Map(all.map((column) => [this.key(column.name), column]));
  }

  find(name: string): DescribedColumn | undefined {
    return this.byName.get(this.key(name));
  }

  /** That the table has no such column, and which one may be meant. */
  unknown(path: Path, name: string): Finding {
    const meant = nearest(
      name,
      this.all.map((column) => column.name),
    );
    const hint = meant === null ? "" : ` Is "${meant}" meant?`;
    const message = `The table has no column "${name}".${hint}`;
    return finding(path, "unknown_column", { message, names: meant === null ? [name] : [name, meant] });
  }

  private key(name: string): string {
    return this.engine === "duckdb" || this.engine === "mysql" ? name.toLowerCase() : name;
  }
}

/** The columns that an expression names; in a metric those within its aggregates, the others are metrics. */
export function columnsIn(tree: Tree, within: "row" | "metric"): string[] {
  if (tree.kind === "column") return within === "row" && tree.owner === null ? [tree.name] : [];
  const inner = tree.kind === "aggregate" ? "row" : within;
  return partsOf(tree).flatMap((part) => columnsIn(part, inner));
}

type Class = "text" | "number" | "truth" | "moment";

const CLASSES: Record<DataType, Class> = {
  String: "text",
  Time: "text",
  Opaque: "text",
  Integer: "number",
  Decimal: "number",
  Float: "number",
  Boolean: "truth",
  Date: "moment",
  DateTime: "moment",
  DateTimeTz: "moment",
};

/** Whether values of one datatype can stand where another is declared. Some engines have 1 and 0 for truths. */
export function isAlike(one: DataType, other: DataType): boolean {
  const [a, b] = [CLASSES[one], CLASSES[other]];
  return a === b || (a === "truth" && other === "Integer") || (b === "truth" && one === "Integer");
}

/** What is wrong with a declared datatype, if anything; what the engine calls by a word that we do not know is believed. */
export function datatypeFinding(path: Path, declared: DataType, found: DescribedColumn | undefined): Finding | null {
  if (!found?.datatype || declared === "Opaque") return null;
  const names = [found.name, declared, found.type];
  if (!isAlike(declared, found.datatype)) {
    const message = `"${found.name}" is declared as ${declared}, but the source has ${found.type}.`;
    return finding(path, "wrong_datatype", { message, names });
  }
  // Whole numbers where fractions are declared lose nothing; fractions or instants of day lose their rest.
  const loses =
    declared === "Integer"
      ? found.datatype !== "Integer" && found.datatype !== "Boolean"
      : zoneDiffers(declared, found.datatype);
  if (!loses) return null;
  const message = `"${found.name}" is declared as ${declared}, the source has ${found.type}: values are read as the source has them.`;
  return finding(path, "datatype_differs", { message, names, severity: "warning" });
}

/** An instant is cut into days by a time zone, a wall clock is not. */
function zoneDiffers(declared: DataType, found: DataType): boolean {
  return (declared === "DateTimeTz") !== (found === "DateTimeTz");
}
