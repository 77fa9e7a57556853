import { observer } from "mobx-react-lite";
import { useMemo, useState, type UIEvent } from "react";
import type { CardData } from "../../../core/contract/report/query";
import type { Language } from "../../../core/report/format";
import { nextSort, tableWindow } from "../../../core/report/table/table";
import type {
  TableCell,
  TableColumn,
  TableElement,
  TableRow,
  TableSort,
  TableWindow,
} from "../../../core/report/table/look";
import { useApp } from "../../app-context";
import { useReaderWords } from "../../text/reader";
import { usePrinting } from "../../use-printing";
import type { Picks } from "../../use-picks";
import { useSize } from "../../use-size";
import { cellClass, place, ROW, TableHead } from "./table-head";

const SPARE = 8;
const PRINTED = 500;

/** A cell's text; where a click on it means something, as a button. */
function CellText({
  cell: { text, repeated },
  row,
  column,
  picks,
}: {
  cell: TableCell;
  row: number;
  column: TableColumn;
  picks: Picks | null;
}) {
  const look = repeated ? "cell-text cell-repeated" : "cell-text";
  if (picks?.field !== column.field || row < 0) return <span className={look}>{text}</span>;
  return (
    <button
      type="button"
      className={`${look} cell-pick`}
      aria-pressed={picks.picked.has(row)}
      onClick={(event) => picks.pick(row, event.ctrlKey || event.metaKey)}
    >
      {text}
    </button>
  );
}

function rowClass({ kind, row }: TableRow, at: number, picks: Picks | null): string {
  const faint = kind === "row" && picks !== null && picks.picked.size > 0 && !picks.picked.has(row);
  return [kind === "row" ? (at % 2 ? "odd" : "") : "sums", faint ? "faint" : ""].filter(Boolean).join(" ");
}

function Cells({ row, columns, picks }: { row: TableRow; columns: TableColumn[]; picks: Picks | null }) {
  return row.cells.map((cell, number) => {
    const column = columns[number];
    if (!column) return null;
    return (
      <td key={column.field} className={cellClass(column)} style={place(column)} title={cell.text}>
        {cell.bar !== null && <span className="cell-bar" style={{ width: `${cell.bar}%` }} />}
        <CellText cell={cell} row={row.row} column={column} picks={picks} />
      </td>
    );
  });
}

function Rows({ table, from, to, picks }: { table: TableWindow; from: number; to: number; picks: Picks | null }) {
  const first = (table.columns[0]?.above.length ?? 0) + 2;
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
        <tr key={row.key} aria-rowindex={from + index + first} className={rowClass(row, from + index, picks)}>
          <Cells row={row} columns={table.columns} picks={picks} />
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
  const { texts } = useApp();
  const [sort, setSort] = useState<TableSort | null>(null);
  const [frame, size] = useSize<HTMLDivElement>();
  const [top, setTop] = useState(0);
  const printing = usePrinting();
  const table = useMemo(() => tableWindow(element, data, { language, sort }), [element, data, language, sort]);
  const first = printing ? 0 : Math.max(0, Math.floor(top / ROW) - SPARE);
  const shown = printing ? PRINTED : Math.ceil((size?.height ?? 400) / ROW) + 2 * SPARE;
  const from = Math.min(first, Math.max(0, table.rowCount - 1));
  const heads = (table.columns[0]?.above.length ?? 0) + 1;
  return (
    <div
      ref={frame}
      className="table-frame"
      tabIndex={0}
      role="region"
      aria-label={words.table(label)}
      onScroll={(event: UIEvent<HTMLDivElement>) => setTop(event.currentTarget.scrollTop)}
    >
      <table
        style={{ minWidth: table.width }}
        aria-rowcount={heads + table.rowCount + (table.total ? 1 : 0)}
        aria-label={label}
      >
        <colgroup>
          {table.columns.map((column) => (
            <col key={column.field} style={{ width: column.width }} />
          ))}
        </colgroup>
        <TableHead columns={table.columns} sort={({ field }) => setSort(nextSort(sort, field, data.columns))} />
        <Rows table={table} from={from} to={Math.min(table.rowCount, from + shown)} picks={picks} />
        {table.total && (
          <tfoot>
            <tr aria-rowindex={heads + table.rowCount + 1} className="sums">
              <Cells row={table.total} columns={table.columns} picks={null} />
            </tr>
          </tfoot>
        )}
      </table>
      {data.truncated && <p className="table-note">{texts.report.truncated(data.rowCount)}</p>}
    </div>
  );
});
