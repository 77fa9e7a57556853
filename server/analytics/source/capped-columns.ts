import type { Scalar } from "../../../core/contract/report/query";

/** The answer is larger than it may be. */
export class TooLargeError extends Error {
  override readonly name = "TooLargeError";
}

/** There is no room for another row: what the engine still has is left there. */
export class EnoughError extends Error {
  override readonly name = "EnoughError";
}

/** An answer's columns as they come in, batch by batch, kept below a number of rows and of bytes. */
export class CappedColumns {
  readonly values: Scalar[][];
  private bytes = 0;

  constructor(
    columns: number,
    private readonly limits: { maxRows: number; maxBytes: number },
  ) {
    this.values = Array.from({ length: columns }, () => []);
  }

  /** Whether there is no room for another row. */
  get full(): boolean {
    return (this.values[0]?.length ?? 0) >= this.limits.maxRows;
  }

  /** Takes as many rows as there is room for. Throws a TooLargeError where they are too long. */
  add(batch: readonly Scalar[][]): void {
    const room = this.limits.maxRows - (this.values[0]?.length ?? 0);
    this.values.forEach((column, index) => {
      for (const value of (batch[index] ?? []).slice(0, room)) {
        // A number is counted as the eight bytes of a double.
        this.bytes += typeof value === "string" ? value.length : 8;
        column.push(value);
      }
    });
    if (this.bytes > this.limits.maxBytes) throw new TooLargeError("The answer has too many bytes.");
  }
}

/** The columns of what an engine streams. Once there are enough rows, the stream is ended by an EnoughError. */
export async function collected(
  limits: { maxRows: number; maxBytes: number },
  stream: (take: (batch: Scalar[][]) => Promise<void>) => Promise<void>,
): Promise<Scalar[][]> {
  let columns: CappedColumns | null = null;
  const take = (batch: Scalar[][]): void => {
    columns ??= new CappedColumns(batch.length, limits);
    if (columns.full) throw new EnoughError();
    columns.add(batch);
  };
  await stream(async (batch) => take(batch)).catch((error: unknown) => {
    if (!(error instanceof EnoughError)) throw error;
  });
  // Without a row there is no description of the columns either: an empty answer is empty in each.
  return (columns as CappedColumns | null)?.values ?? [];
}
