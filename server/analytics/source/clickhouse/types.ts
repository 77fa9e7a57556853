import type { DataType } from "../../../../core/contract/dataset/semantic-model";
import type { Scalar } from "../../../../core/contract/report/query";
import { exactNumber, finite } from "../exact-number";

type Reader = (cell: unknown) => Scalar;

/** What a column's type says of its cells, which arrive as JSON. */
export function readersOf(types: string[]): Reader[] {
  return types.map((type) => {
    const plain = plainType(type);
    const read = /^(U?Int|Decimal)/.test(plain) ? readExact : plain.startsWith("Float") ? readDouble : readOther;
    return (cell) => (cell === null || cell === undefined ? null : read(cell));
  });
}

/** Without `Nullable(...)` and `LowCardinality(...)`. */
export function plainType(type: string): string {
  const inner = /^(?:Nullable|LowCardinality)\((.*)\)$/.exec(type)?.[1];
  return inner === undefined ? type : plainType(inner);
}

const readExact: Reader = (cell) => exactNumber(String(cell));
const readDouble: Reader = (cell) => finite(Number(cell));
const readOther: Reader = (cell) => {
  if (typeof cell === "boolean" || typeof cell === "string") return cell;
  return typeof cell === "number" ? cell : JSON.stringify(cell);
};

const DATATYPES: [RegExp, DataType][] = [
  [/^U?Int/, "Integer"],
  [/^Decimal/, "Decimal"],
  [/^Float/, "Float"],
  [/^Bool/, "Boolean"],
  [/^DateTime/, "DateTimeTz"],
  [/^Date/, "Date"],
  [/^(String|FixedString|Enum|UUID|IPv)/, "String"],
];

/** What a dataset's field would say of a column, by ClickHouse's word for its type. */
export function datatypeOf(type: string): DataType | null {
  return DATATYPES.find(([pattern]) => pattern.test(plainType(type)))?.[1] ?? null;
}
