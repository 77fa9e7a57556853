import type { DataType } from "../../../core/contract/dataset/semantic-model";

const DATATYPES: [RegExp, DataType][] = [
  [/^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/, "Integer"],
  [/^DECIMAL(\(\d+,\s*\d+\))?$/, "Decimal"],
  [/^(FLOAT|DOUBLE)$/, "Float"],
  [/^BOOLEAN$/, "Boolean"],
  [/^TIMESTAMP WITH TIME ZONE$/, "DateTimeTz"],
  [/^TIMESTAMP(_S|_MS|_NS)?$/, "DateTime"],
  [/^DATE$/, "Date"],
  [/^TIME$/, "Time"],
  [/^(VARCHAR|UUID|ENUM\(.*\))$/, "String"],
];

/** What a type of DuckDB is in our words; null for lists, structures and other types that have no values of ours. */
export function datatypeOf(type: string): DataType | null {
  if (type.endsWith("]")) return null;
  return DATATYPES.find(([pattern]) => pattern.test(type))?.[1] ?? null;
}
