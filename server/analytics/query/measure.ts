import type { SemanticMetric, SemanticModel } from "../../../core/contract/dataset/semantic-model";
import type { Dialect } from "./dialect/dialect";
import { ExpressionError } from "./expression/fault";
import { holdsAggregate, noForm, textOf, treeOf } from "./expression/read";
import { partsOf, withParts } from "./expression/tree";
import type { Tree } from "./expression/tree";
import type { Part } from "./query-model";
import type { Relationships } from "./relationship";

/** How a metric is computed: see `Measure`. */
interface Shape {
  parts: Part[];
  outer: Tree | null;
}

export interface ReadMeasure extends Shape {
  metric: SemanticMetric;
}

/** A metric and the dataset it belongs to; null: to the model. */
interface Source {
  metric: SemanticMetric;
  home: string | null;
}

/** A metric taken to pieces: aggregates of one dataset each, and what they come to. */
interface Pieces {
  aggregates: { dataset: string; tree: Tree }[];
  outer: Tree;
  /** Whether another metric was put in its place: the text alone is then no longer the whole. */
  derived: boolean;
}

/**
 * The model's metrics for one engine. In a metric, a name outside of an aggregate is another metric: `revenue / orders`.
 * Aggregates over several datasets are kept apart, so that each is computed over its own rows and nothing counts twice.
 */
export function readMeasures(model: SemanticModel, relationships: Relationships, dialect: Dialect): ReadMeasure[] {
  const sources: Source[] = [
    ...model.datasets.flatMap(({ name, metrics = [] }) => metrics.map((metric) => ({ metric, home: name }))),
    ...(model.metrics ?? []).map((metric) => ({ metric, home: null })),
  ];
  const reader = new MeasureReader(model, sources, relationships, dialect);
  return sources.map((source) => ({ metric: source.metric, ...reader.read(source) }));
}

class MeasureReader {
  private readonly byName: ReadonlyMap<string, Source>;
  private readonly only: string | null;

  constructor(
    model: SemanticModel,
    sources: Source[],
    private readonly relationships: Relationships,
    private readonly dialect: Dialect,
  ) {
    this.byName = new Map(sources.map((source) => [source.metric.name, source]));
    this.only = model.datasets.length === 1 ? (model.datasets[0]?.name ?? null) : null;
  }

  read(source: Source): Shape {
    try {
      return this.shapeOf(source);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      const dataset = source.home ?? this.only ?? "";
      return { parts: [{ dataset, written: { kind: "unusable", fault: error } }], outer: null };
    }
  }

  private shapeOf(source: Source): Shape {
    const home = source.home ?? this.only;
    const own = this.dialect.engine === "duckdb" ? textOf(source.metric.expression, "duckdb") : null;
    if (own !== null && "fault" in treeOf(own, this.dialect)) return asItStands(home ?? this.homeOfText(own), own);
    return this.shapeOfPieces(source, home, own);
  }

  private shapeOfPieces(source: Source, home: string | null, own: string | null): Shape {
    const { aggregates, outer, derived } = this.piecesOf(source, []);
    const [first, ...others] = [...new Set(aggregates.map(({ dataset }) => dataset))];
    if (others.length > 0) return { parts: aggregates.map(treePart), outer };
    const dataset = first ?? home;
    if (dataset === null) throw new ExpressionError("no_home");
    if (own !== null && !derived && !mayDivide(own)) return asItStands(dataset, own);
    const whole = replaceColumns(outer, (name) => aggregates[Number(name.slice(1))]?.tree);
    return { parts: [treePart({ dataset, tree: whole })], outer: null };
  }

  /** `above`: the metrics that are being read, to notice one that needs itself. */
  private piecesOf({ metric, home }: Source, above: string[]): Pieces {
    if (above.includes(metric.name)) throw new ExpressionError("needs_itself", [...above, metric.name].join(", "));
    const text = textOf(metric.expression, this.dialect.engine);
    const tree = text === null ? { fault: noForm(this.dialect) } : treeOf(text, this.dialect);
    if ("fault" in tree) throw tree.fault;
    const pieces: Pieces = { aggregates: [], outer: tree, derived: false };
    const take = (part: Tree): Tree => {
      if (part.kind === "aggregate") {
        pieces.aggregates.push({ dataset: this.homeOf(part, home), tree: part });
        return column(pieces.aggregates.length - 1);
      }
      return part.kind === "column" ? this.embed(part, [...above, metric.name], pieces) : withParts(part, take);
    };
    pieces.outer = take(tree);
    return pieces;
  }

  /** Another metric in the place of its name. */
  private embed({ owner, name }: Extract<Tree, { kind: "column" }>, above: string[], into: Pieces): Tree {
    const source = owner === null ? this.byName.get(name) : undefined;
    if (!source) throw new ExpressionError("no_metric", name);
    const other = this.piecesOf(source, above);
    const offset = into.aggregates.length;
    into.aggregates.push(...other.aggregates);
    into.derived = true;
    return replaceColumns(other.outer, (inner) => column(offset + Number(inner.slice(1))));
  }

  private homeOf(aggregate: Extract<Tree, { kind: "aggregate" }>, home: string | null): string {
    if (partsOf(aggregate).some(holdsAggregate)) throw new ExpressionError("nested_aggregate");
    return this.homeAmong(ownersOf(aggregate), home ?? this.only);
  }

  private homeAmong(owners: string[], home: string | null): string {
    const stranger = owners.find((owner) => this.relationships.way(owner, owner) === null);
    if (stranger !== undefined) throw new ExpressionError("no_dataset", stranger);
    const candidates = home === null ? owners : [home];
    const found = candidates.find((dataset) => this.relationships.reachesAll(dataset, owners));
    if (found !== undefined) return found;
    throw owners.length === 0 ? new ExpressionError("no_home") : new ExpressionError("rows_apart", owners.join(", "));
  }

  /** What only DuckDB can read still names its fields as `dataset.field`. */
  private homeOfText(text: string): string {
    const names = [...text.matchAll(/\b([a-z]\w*)\.[a-z]\w*\b/g)].map(([, owner]) => String(owner));
    return this.homeAmong(
      names.filter((name) => this.relationships.way(name, name) !== null),
      null,
    );
  }
}

/** DuckDB divides by 0 to an infinity, which would come first where it is ranked: quotients are written by us. */
function mayDivide(text: string): boolean {
  return text.includes("/");
}

function asItStands(dataset: string, text: string): Shape {
  return { parts: [{ dataset, written: { kind: "text", text } }], outer: null };
}

const treePart = ({ dataset, tree }: { dataset: string; tree: Tree }): Part => ({
  dataset,
  written: { kind: "tree", tree },
});

const column = (index: number): Tree => ({ kind: "column", owner: null, name: `~${index}` });

function replaceColumns(tree: Tree, replace: (name: string) => Tree | undefined): Tree {
  if (tree.kind === "column") return replace(tree.name) ?? tree;
  return withParts(tree, (part) => replaceColumns(part, replace));
}

function ownersOf(tree: Tree): string[] {
  const own = tree.kind === "column" && tree.owner !== null ? [tree.owner] : [];
  return [...new Set([...own, ...partsOf(tree).flatMap(ownersOf)])];
}
