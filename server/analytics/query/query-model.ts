import type { Column, Filter } from "../../../core/contract/report/query";
import type { WeekStart } from "./calendar";
import type { Written } from "./expression/read";
import type { Tree } from "./expression/tree";
import type { Relationships } from "./relationship";

export type ValueType = Column["type"];

export interface Named {
  name: string;
  type: ValueType;
  label: string;
  format?: NonNullable<Column["format"]>;
  direction?: NonNullable<Column["direction"]>;
}

/** A field of a dataset: what rows are grouped and told apart by. */
export interface Field extends Named {
  role: "dimension";
  dataset: string;
  written: Written;
  /** Whether the values are instants that a time zone cuts into days. */
  zoned: boolean;
  /** Whether the values may be what is no number: NaN, infinity. */
  mayBeNaN: boolean;
}

/** An aggregate over the rows of one dataset. */
export interface Part {
  dataset: string;
  written: Written;
}

export interface Measure extends Named {
  role: "measure";
  /** One, unless rows of several datasets are added up. */
  parts: Part[];
  /** What the parts come to; the n-th is the column `~n`. Null where the one part is the measure. */
  outer: Tree | null;
}

export type Member = Field | Measure;

export interface TableOfModel {
  name: string;
  source: string;
  /** Columns that its fields show as they are, and that may hold what is no number. */
  nanColumns: ReadonlySet<string>;
  /** Columns that tell its rows apart, each set alone. */
  keys: string[][];
}

/** A dataset model as a query of one engine sees it: members by name. */
export interface QueryModel {
  name: string;
  datasets: ReadonlyMap<string, TableOfModel>;
  relationships: Relationships;
  timeZone: string;
  weekStart: WeekStart;
  asOf: "now" | "latest";
  members: ReadonlyMap<string, Member>;
  /** What the reader may see; null: everything. */
  policy: Policy;
  /** Members that the reader may not see; asking for one is `forbidden`. */
  hidden: ReadonlySet<string>;
  /** The first time field: "the latest day of the data" is the latest of this one. */
  timeField: Field | null;
}

/** One entry of a dataset's policies that is for the reader, their attributes put in. */
export interface Entry {
  /** What it lets the reader ask for; null: everything. */
  includes: string[] | null;
  excludes: string[];
  /** A row that meets all of them is seen; null: all rows. A null among them is met by no row. */
  rows: (Filter | null)[] | null;
}

/** What a dataset lets one reader see. Null: it has no policies, so everything. */
export type Policy = { label: string; entries: Entry[] } | null;
