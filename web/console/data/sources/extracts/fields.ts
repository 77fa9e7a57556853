import type { ExtractItem, NewExtractInput } from "../../../../../client/api/extract";
import type { ExtractSchedule } from "../../../../../core/contract/source/extract";

/** What the dialog's form holds: every kind of schedule has its fields, also while another kind is chosen. */
export interface ExtractFields {
  name: string;
  /** A choice's value: schema and name. */
  table: string;
  which: "all" | "some";
  columns: string[];
  kind: ExtractSchedule["kind"];
  minutes: number;
  weekday: number;
  at: string;
  timeZone: string;
}

interface Table {
  schema: string;
  name: string;
}

const USUAL_ZONE = "Asia/Shanghai";
const MOST_LETTERS = 63;

export const tableValue = ({ schema, name }: Table): string => JSON.stringify([schema, name]);

export function tableOf(value: string): Table {
  const [schema = "", name = ""] = JSON.parse(value) as string[];
  return { schema, name };
}

/** The browser's own time zone, where it knows it. */
export function ownZone(): string {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return timeZone && timeZone !== "Etc/Unknown" ? timeZone : USUAL_ZONE;
}

/** All zones that the browser knows, and these: browsers from before 2022 cannot list them. */
export function zones(...known: string[]): string[] {
  const listed = typeof Intl.supportedValuesOf === "function" ? Intl.supportedValuesOf("timeZone") : [];
  return [...new Set([...known, ownZone(), USUAL_ZONE, "UTC", ...listed])];
}

/** Of a new extract; at night, where nothing else is said. */
export const newFields = (): Partial<ExtractFields> => ({
  which: "all",
  columns: [],
  kind: "daily",
  minutes: 60,
  weekday: 1,
  at: "03:30",
  timeZone: ownZone(),
});

/** Of an extract as it is. */
export const fieldsOf = ({ name, table, columns, schedule }: ExtractItem): Partial<ExtractFields> => ({
  ...newFields(),
  name,
  table: tableValue(table),
  which: columns === null ? "all" : "some",
  columns: columns ?? [],
  ...schedule,
});

/** What the server is asked for. */
export function settingsOf(fields: ExtractFields): Omit<NewExtractInput, "dataSourceId" | "name"> {
  return {
    table: tableOf(fields.table),
    columns: fields.which === "all" ? null : fields.columns,
    schedule: scheduleOf(fields),
  };
}

function scheduleOf({ kind, minutes, weekday, at, timeZone }: ExtractFields): ExtractSchedule {
  switch (kind) {
    case "manual":
      return { kind };
    case "every":
      return { kind, minutes };
    case "daily":
      return { kind, at, timeZone };
    case "weekly":
      return { kind, weekday, at, timeZone };
  }
}

/** A name that fits a table and nobody has: `订单` becomes `extract`, a second `orders` becomes `orders_2`. */
export function proposedName({ name }: Table, taken: readonly string[]): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, "_")
    .replace(/^[_-]+|[_-]+$/g, "");
  const base = plain || "extract";
  for (let number = 1; ; number += 1) {
    const suffix = number === 1 ? "" : `_${number}`;
    const proposed = base.slice(0, MOST_LETTERS - suffix.length) + suffix;
    if (!taken.includes(proposed)) return proposed;
  }
}
