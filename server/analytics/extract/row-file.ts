import { open, type FileHandle } from "node:fs/promises";
import type { DataSourceKind, SourceColumn } from "../../../core/contract/source/data-source";
import type { Scalar } from "../../../core/contract/report/query";
import { cellTextOf, Digits, storedType, type CellText, type StoredType } from "./column-type";
import { ExtractFault } from "./extract-fault";

export interface RowLimits {
  maxRows: number;
  /** Of the rows as they are written here, before they are packed. */
  maxBytes: number;
}

/** Of one row: the converter reads each into memory whole. */
const MAX_ROW_BYTES = 16 * 1024 * 1024;

interface Column {
  name: string;
  type: StoredType;
  text: CellText;
  digits: Digits | null;
}

/** Rows as they come from a source, written to a file as one JSON object of texts a line; none stays in memory. */
export class RowFile {
  rows = 0;
  /** Bytes of the longest row. */
  longest = 0;
  /** As they are written here. */
  bytes = 0;
  private readonly columns: Column[];

  private constructor(
    private readonly file: FileHandle,
    columns: readonly SourceColumn[],
    kind: DataSourceKind,
    private readonly limits: RowLimits,
  ) {
    this.columns = columns.map((column) => {
      const type = storedType(kind, column);
      return { name: column.name, type, text: cellTextOf(type), digits: type === "EXACT" ? new Digits() : null };
    });
  }

  static async create(
    path: string,
    columns: readonly SourceColumn[],
    kind: DataSourceKind,
    limits: RowLimits,
  ): Promise<RowFile> {
    return new RowFile(await open(path, "wx", 0o600), columns, kind, limits);
  }

  /** Throws an ExtractFault once there is more than may be. */
  async add(batch: readonly Scalar[][]): Promise<void> {
    const count = batch[0]?.length ?? 0;
    if (this.rows + count > this.limits.maxRows) throw new ExtractFault("too_many_rows");
    let lines = "";
    for (let row = 0; row < count; row += 1) lines += this.line(batch, row);
    const bytes = Buffer.from(lines);
    this.bytes += bytes.length;
    if (this.bytes > this.limits.maxBytes) throw new ExtractFault("too_many_bytes");
    await this.file.writeFile(bytes);
    this.rows += count;
  }

  /** Which types hold all that was written. Throws an ExtractFault `not_exact` that names the columns for which none does. */
  types(): { name: string; type: string }[] {
    const typed = this.columns.map(({ name, type, digits }) => ({ name, type: digits ? digits.type : type }));
    const none = typed.filter(({ type }) => type === null).map(({ name }) => name);
    if (none.length > 0) throw new ExtractFault("not_exact", none.join(", "));
    return typed.map(({ name, type }) => ({ name, type: String(type) }));
  }

  close(): Promise<void> {
    return this.file.close();
  }

  private line(batch: readonly Scalar[][], row: number): string {
    const cells: Record<string, string> = {};
    this.columns.forEach(({ text, digits }, index) => {
      const value = batch[index]?.[row] ?? null;
      const cell = value === null ? null : text(value);
      if (cell === null) return;
      digits?.count(cell);
      cells[`c${index}`] = cell;
    });
    const line = `${JSON.stringify(cells)}\n`;
    this.longest = Math.max(this.longest, Buffer.byteLength(line));
    if (this.longest > MAX_ROW_BYTES) throw new ExtractFault("too_large");
    return line;
  }
}
