import type { CSSProperties } from "react";
import type { TableColumn } from "../../../core/report/table/look";

/** Height of a row, headings included, in px. */
export const ROW = 36;

const MARKS = { ascending: "▲", descending: "▼" };

/** Where a column's cells stand while the table scrolls sideways. */
export function place(column: TableColumn): CSSProperties {
  return column.left === null ? {} : { position: "sticky", left: column.left };
}

/** A cell's classes by its column. */
export function cellClass(column: TableColumn): string {
  return [column.align === "right" ? "number" : "", column.left === null ? "" : "frozen"].filter(Boolean).join(" ");
}

interface Span {
  field: string;
  name: string;
  columns: number;
}

/** Neighbours under the same headings share one. */
function spansOf(columns: TableColumn[], level: number): Span[] {
  const under = (column: TableColumn | undefined): string => JSON.stringify(column?.above.slice(0, level + 1));
  return columns.reduce<Span[]>((spans, column, index) => {
    const last = spans[spans.length - 1];
    const name = column.above[level] ?? "";
    if (last && name && under(columns[index - 1]) === under(column)) last.columns += 1;
    else spans.push({ field: column.field, name, columns: 1 });
    return spans;
  }, []);
}

function Label({ column, sort }: { column: TableColumn; sort: (column: TableColumn) => void }) {
  return (
    <button type="button" onClick={() => sort(column)} title={[...column.above, column.label].join(" ").trim()}>
      <span>{column.label}</span>
      {column.sort !== "none" && (
        <span className="sort-mark" aria-hidden="true">
          {MARKS[column.sort]}
        </span>
      )}
    </button>
  );
}

/** A table's headings: those of single columns sort; above them those that several columns share. */
export function TableHead({ columns, sort }: { columns: TableColumn[]; sort: (column: TableColumn) => void }) {
  const levels = columns[0]?.above.length ?? 0;
  return (
    <thead>
      {Array.from({ length: levels }, (_, level) => (
        <tr key={level} aria-rowindex={level + 1}>
          {spansOf(columns, level).map((span, index) => {
            const column = columns.find(({ field }) => field === span.field);
            const style = { ...(column && place(column)), top: level * ROW };
            const frozen = column && column.left !== null ? "frozen" : "";
            if (!span.name) return <td key={index} className={`above ${frozen}`} style={style} />;
            return (
              <th key={index} scope="colgroup" colSpan={span.columns} className="above" style={style}>
                <span>{span.name}</span>
              </th>
            );
          })}
        </tr>
      ))}
      <tr aria-rowindex={levels + 1}>
        {columns.map((column) => (
          <th
            key={column.field}
            scope="col"
            aria-sort={column.sort}
            className={cellClass(column)}
            style={{ ...place(column), top: levels * ROW }}
          >
            <Label column={column} sort={sort} />
          </th>
        ))}
      </tr>
    </thead>
  );
}
