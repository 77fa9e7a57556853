import type { z } from "zod";
import type { AccessPolicy, DatasetModel } from "../../../../core/contract/dataset/dataset";
import type { DataType } from "../../../../core/contract/dataset/semantic-model";
import type { Format } from "../../../../core/contract/report/query";
import { shapeOf, type MeasureShape } from "./measure";

type Model = z.input<typeof DatasetModel>;
type Settings = Model["dingboard"];

export interface FieldRow {
  name: string;
  table: string;
  /** The place of the table and of the field in it. */
  at: [table: number, field: number];
  label: string;
  description: string;
  datatype: DataType;
  expression: string;
  format: Format | undefined;
  hidden: boolean;
  /** The folder that it is listed in; empty where it is in none. */
  folder: string;
}

export interface MeasureRow {
  name: string;
  /** The table whose measure it is; null for one of the whole model. */
  table: string | null;
  path: (string | number)[];
  label: string;
  description: string;
  expression: string;
  shape: MeasureShape;
  format: Format | undefined;
  direction: "up_good" | "down_good" | "neutral";
  hidden: boolean;
}

export interface FormDocument {
  label: string;
  tables: { name: string; source: string }[];
  fields: FieldRow[];
  measures: MeasureRow[];
  hierarchies: NonNullable<Settings["hierarchies"]>;
  relationships: { name: string; from: string; to: string; from_columns: string[]; to_columns: string[] }[];
  policies: z.input<typeof AccessPolicy>[];
}

interface Written {
  expression: { dialects: { dialect: string; expression: string }[] };
}

/** The expression that people see: that for every engine where there is one. */
const written = ({ expression: { dialects } }: Written): string =>
  (dialects.find(({ dialect }) => dialect === "ANSI_SQL") ?? dialects[0])?.expression ?? "";

/** What a dataset's text says, as a form shows it; null where the text is not a document of ours, and only its author can mend it. */
export function readForm(text: string): FormDocument | null {
  try {
    return formOf(JSON.parse(text) as Model);
  } catch {
    return null; // no JSON, or a part of it is missing that each of our documents has
  }
}

function formOf({ semantic_model: semantic, dingboard: settings }: Model): FormDocument {
  const fields = semantic.datasets.flatMap((dataset, table) =>
    dataset.fields.map((field, at): FieldRow => {
      const own = settings.dimensions?.[field.name];
      return {
        name: field.name,
        table: dataset.name,
        at: [table, at],
        label: own?.label ?? field.name,
        description: field.description ?? "",
        datatype: field.datatype,
        expression: written(field),
        format: own?.format,
        hidden: own?.hidden ?? false,
        folder: field.label ?? "",
      };
    }),
  );
  const listed = [
    ...semantic.datasets.flatMap((dataset, table) =>
      (dataset.metrics ?? []).map((metric, at) => ({
        metric,
        table: dataset.name,
        path: ["semantic_model", "datasets", table, "metrics", at],
      })),
    ),
    ...(semantic.metrics ?? []).map((metric, at) => ({ metric, table: null, path: ["semantic_model", "metrics", at] })),
  ];
  const measureOf = (expression: string): string | null =>
    listed.find(({ metric }) => written(metric) === expression)?.metric.name ?? null;
  const measures = listed.map(({ metric, table, path }): MeasureRow => {
    const own = settings.measures?.[metric.name];
    const fieldOf = (column: string): string | null =>
      fields.find((field) => field.expression === column && field.table === table)?.name ?? null;
    return {
      name: metric.name,
      table,
      path,
      label: own?.label ?? metric.name,
      description: metric.description ?? "",
      expression: written(metric),
      shape: shapeOf(written(metric), fieldOf, measureOf),
      format: own?.format,
      direction: own?.direction ?? "neutral",
      hidden: own?.hidden ?? false,
    };
  });
  return {
    label: settings.label,
    tables: semantic.datasets.map(({ name, source }) => ({ name, source })),
    fields,
    measures,
    hierarchies: settings.hierarchies ?? [],
    relationships: semantic.relationships ?? [],
    policies: settings.access_policy ?? [],
  };
}
