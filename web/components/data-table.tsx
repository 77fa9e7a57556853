import { observer } from "mobx-react-lite";
import { useMemo, useState, type CSSProperties, type UIEvent } from "react";
import type { CardData } from "../../core/contract/query";
import type { ReportElement } from "../../core/contract/report";
import type { Language } from "../../core/report/format";
import { nextSort, tableWindow, type TableColumn, type TableSort, type TableWindow } from "../../core/report/table";
import { useReaderWords } from "../text/reader";
import { usePrinting } from "../use-printing";
import type { Picks } from "../use-picks";
import { useSize } from "../use-size";

export type TableElement = Extract<ReportElement, { type: "table" }>;

const ROW = 36;
const SPARE = 8;
const PRINTED = 500;

const MARKS = { ascending: "▲", descending: "▼" };

function place(column: TableColumn): CSSProperties {
  return column.left === null ? {} : { position: "sticky", left: column.left };
}

function cellClass(column: TableColumn): string {
  return [column.align === "right" ? "number" : "", column.left === null ? "" : "frozen"].filter(Boolean).join(" ");
}

function Head({ columns, sort }: { columns: TableColumn[]; sort: (column: TableColumn) => void }) {
  return (
    <thead>
      <tr aria-rowindex={1}>
        {columns.map((column) => (
          <th
            key={column.field}
            scope="col"
            aria-sort={column.sort}
            className={cellClass(column)}
            style={place(column)}
          >
            <button type="button" onClick={() => sort(column)} title={column.label}>
              <span>{column.label}</span>
              {column.sort !== "none" && (
                <span className="sort-mark" aria-hidden="true">
                  {MARKS[column.sort]}
                </span>
              )}
            </button>
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** A cell's text; where a click on it means something, as a button. */
function CellText({
  text,
  row,
  column,
  picks,
}: {
  text: string;
  row: number;
  column: TableColumn;
  picks: Picks | null;
}) {
  if (picks?.field !== column.field) return <span className="cell-text">{text}</span>;
  return (
    <button
      type="button"
      className="cell-text cell-pick"
      aria-pressed={picks.picked.has(row)}
      onClick={(event) => picks.pick(row, event.ctrlKey || event.metaKey)}
    >
      {text}
    </button>
  );
}

function rowClass(row: number, place: number, picks: Picks | null): string {
  const faint = picks !== null && picks.picked.size > 0 && !picks.picked.has(row);
  return [place % 2 ? "odd" : "", faint ? "faint" : ""].filter(Boolean).join(" ");
}

function Rows({ table, from, to, picks }: { table: TableWindow; from: number; to: number; picks: Picks | null }) {
  const space = (height: number) =>
    height > 0 && (
      <tr aria-hidden="true">
        <td colSpan={table.columns.length} className="gap" style={{ height }} />
      </tr>
    );
  return (
    <tbody>
      {space(from * ROW)}
      {table.rows(from, to).map((row, index) => (
        <tr key={row.key} aria-rowindex={from + index + 2} className={rowClass(Number(row.key), from + index, picks)}>
          {row.cells.map((cell, number) => {
            const column = table.columns[number];
            if (!column) return null;
            return (
              <td key={column.field} className={cellClass(column)} style={place(column)} title={cell.text}>
                {cell.bar !== null && <span className="cell-bar" style={{ width: `${cell.bar}%` }} />}
                <CellText text={cell.text} row={Number(row.key)} column={column} picks={picks} />
              </td>
            );
          })}
        </tr>
      ))}
      {space((table.rowCount - to) * ROW)}
    </tbody>
  );
}

/** A table of any length: only the rows in sight are on the page; the header and the first columns stay. */
export const DataTable = observer(function DataTable({
  element,
  data,
  language,
  label,
  picks = null,
}: {
  element: TableElement;
  data: CardData;
  language: Language;
  label: string;
  picks?: Picks | null;
}) {
  const words = useReaderWords();
  const [sort, setSort] = useState<TableSort | null>(null);
  const [frame, size] = useSize<HTMLDivElement>();
  const [top, setTop] = useState(0);
  const printing = usePrinting();
  const table = useMemo(() => tableWindow(element, data, { language, sort }), [element, data, language, sort]);
  const first = printing ? 0 : Math.max(0, Math.floor(top / ROW) - SPARE);
  const shown = printing ? PRINTED : Math.ceil((size?.height ?? 400) / ROW) + 2 * SPARE;
  const from = Math.min(first, Math.max(0, table.rowCount - 1));
  const reorder = (picked: TableColumn): void => {
    const column = data.columns.find(({ name }) => name === picked.field);
    if (column) setSort(nextSort(sort, column));
  };
  return (
    <div
      ref={frame}
      className="table-frame"
      tabIndex={0}
      role="region"
      aria-label={words.table(label)}
      onScroll={(event: UIEvent<HTMLDivElement>) => setTop(event.currentTarget.scrollTop)}
    >
      <table style={{ minWidth: table.width }} aria-rowcount={table.rowCount + 1} aria-label={label}>
        <colgroup>
          {table.columns.map((column) => (
            <col key={column.field} style={{ width: column.width }} />
          ))}
        </colgroup>
        <Head columns={table.columns} sort={reorder} />
        <Rows table={table} from={from} to={Math.min(table.rowCount, from + shown)} picks={picks} />
      </table>
    </div>
  );
});

/** Any card's answer as a table of all its columns. */
export function tableOf(element: Exclude<ReportElement, { type: "text" }>): TableElement {
  if (element.type === "table") return element;
  return { type: "table", title: element.title, query: element.query };
}
