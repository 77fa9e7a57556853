import { DuckDBInstance, StatementType } from "@duckdb/node-api";
import type { DuckDBConnection, DuckDBPreparedStatement } from "@duckdb/node-api";
import type { Scalar } from "../../../core/contract/report/query";
import type { Statement } from "../query/render";
import { CappedColumns } from "../source/capped-columns";
import { toBound, toScalar } from "./cell";
import { expressionFault } from "./expression-check";
import type { DatabaseSpec } from "./protocol";

/** The statement is not one that may run. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
}

/**
 * One enterprise's data, open to reading only: no file, no network, no setting can be reached from SQL. The file is
 * READ_ONLY rather than guarded by `allowed_directories`, which would permit writing into them.
 */
export class LockedDatabase {
  private running = 0;
  private forgotten = false;
  private readonly checked = new Set<string>();

  private constructor(private readonly instance: DuckDBInstance) {}

  /** The order matters: `temp_directory` cannot be set once external access is off, nothing once the lock is on. */
  static async open({ file, temporaryDir, memoryLimit, threads }: DatabaseSpec): Promise<LockedDatabase> {
    const instance = await DuckDBInstance.create(file, {
      access_mode: "READ_ONLY",
      temp_directory: temporaryDir,
      memory_limit: memoryLimit,
      threads: String(threads),
      autoload_known_extensions: "false",
      autoinstall_known_extensions: "false",
      allow_community_extensions: "false",
      enable_external_access: "false",
      lock_configuration: "true",
    });
    return new LockedDatabase(instance);
  }

  /** Closes the file, at once or when the last running query is done. */
  forget(): void {
    this.forgotten = true;
    this.closeIfIdle();
  }

  get idle(): boolean {
    return this.running === 0;
  }

  /**
   * Runs one SELECT. `onStart` gets what interrupts it. Throws `RefusedError` for anything that is not one checked
   * SELECT, `TooLargeError` where its answer has more bytes than it may.
   */
  async run(
    statement: Statement,
    limits: { maxRows: number; maxBytes: number; describe?: boolean },
    onStart: (interrupt: () => void) => void,
  ): Promise<Scalar[][]> {
    this.running += 1;
    const connection = await this.instance.connect();
    try {
      onStart(() => connection.interrupt());
      await this.checkExpressions(connection, statement.expressions);
      const prepared = await prepareSelect(connection, statement.sql);
      if (limits.describe === true) return columnsOf(prepared);
      const bound = statement.values.map(toBound);
      prepared.bind(
        bound.map(({ value }) => value),
        bound.map(({ type }) => type),
      );
      const result = await prepared.stream();
      const columns = new CappedColumns(result.columnCount, limits);
      while (!columns.full) {
        const chunk = await result.fetchChunk();
        if (!chunk || chunk.rowCount === 0) break;
        columns.add(chunk.getColumns().map((column) => column.map(toScalar)));
      }
      return columns.values;
    } finally {
      connection.closeSync();
      this.running -= 1;
      this.closeIfIdle();
    }
  }

  private async checkExpressions(connection: DuckDBConnection, expressions: readonly string[]): Promise<void> {
    for (const expression of expressions.filter((text) => !this.checked.has(text))) {
      const fault = await expressionFault(connection, expression);
      if (fault !== null) throw new RefusedError(fault);
      if (this.checked.size > 5_000) this.checked.clear();
      this.checked.add(expression);
    }
  }

  private closeIfIdle(): void {
    if (this.forgotten && this.running === 0) this.instance.closeSync();
  }
}

/** What is not one SELECT never runs. The connection ends it with itself. */
async function prepareSelect(connection: DuckDBConnection, sql: string): Promise<DuckDBPreparedStatement> {
  const statements = await connection.extractStatements(sql);
  if (statements.count !== 1) throw new RefusedError(`One statement is needed, not ${statements.count}.`);
  const prepared = await statements.prepare(0);
  if (prepared.statementType !== StatementType.SELECT) throw new RefusedError("Only SELECT may run.");
  return prepared;
}

/** Names and types of the columns that a statement would answer. */
function columnsOf(prepared: DuckDBPreparedStatement): Scalar[][] {
  const indexes = Array.from({ length: prepared.columnCount }, (_, index) => index);
  return [
    indexes.map((index) => prepared.columnName(index)),
    indexes.map((index) => prepared.columnType(index).toString()),
  ];
}
