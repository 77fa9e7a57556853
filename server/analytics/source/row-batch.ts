import type { Scalar } from "../../../core/contract/report/query";

const MOST_ROWS = 5_000;
/** Characters of text at which a batch is full, however few its rows. */
const MOST_LENGTH = 1024 * 1024;

/** Rows of an answer, by columns, until there are enough of them to hand on: so long rows make short batches. */
export class RowBatch {
  private columns: Scalar[][] = [];
  private length = 0;

  /** `maxRows`: more than these are never wanted. */
  constructor(private readonly maxRows: number) {}

  get rows(): number {
    return this.columns[0]?.length ?? 0;
  }

  get full(): boolean {
    return this.rows >= Math.min(this.maxRows, MOST_ROWS) || this.length >= MOST_LENGTH;
  }

  add(row: readonly Scalar[]): void {
    if (this.columns.length === 0) this.columns = row.map(() => []);
    row.forEach((cell, index) => {
      this.columns[index]?.push(cell);
      if (typeof cell === "string") this.length += cell.length;
    });
  }

  /** What there is, column by column; it is empty then. */
  taken(): Scalar[][] {
    const taken = this.columns;
    this.columns = [];
    this.length = 0;
    return taken;
  }
}
