import { DuckDBInstance } from "@duckdb/node-api";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CsvSettings, Inspection, UploadProblem } from "../../core/contract/source/upload";
import { inspectFile } from "../../server/analytics/engine/inspect/inspect-file";

/** What was found in a file, and every cell that would be imported, as a text. */
export interface Looked {
  inspection: Inspection;
  cells: (string | null)[][];
}

/** Looks at files as the engine's process does, without a server around it. */
export function looker() {
  const folder = mkdtempSync(join(tmpdir(), "dingboard-look-"));
  const into = join(folder, "out.parquet");
  const settle = async (content: string | Uint8Array, settings: CsvSettings, fileName: string) => {
    const file = join(folder, "in");
    writeFileSync(file, content);
    const limits = { temporaryDir: join(folder, "spill"), memoryLimit: "512MB", threads: 2 };
    return inspectFile({ kind: "inspect", file, fileName, into, settings, ...limits });
  };
  return {
    look: async (content: string | Uint8Array, settings: CsvSettings = {}): Promise<Looked> => {
      const outcome = await settle(content, settings, "a.csv");
      if ("problem" in outcome) throw new Error(`The file was refused: ${JSON.stringify(outcome.problem)}`);
      return { inspection: outcome.inspection, cells: await cellsOf(into) };
    },
    refuse: async (content: string | Uint8Array): Promise<UploadProblem> => {
      const outcome = await settle(content, {}, "a.csv");
      if ("problem" in outcome) return outcome.problem;
      throw new Error("The file was read.");
    },
    close: (): void => rmSync(folder, { recursive: true, force: true }),
  };
}

async function cellsOf(parquet: string): Promise<(string | null)[][]> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const reader = await connection.runAndReadAll(`SELECT CAST(COLUMNS(*) AS VARCHAR) FROM read_parquet('${parquet}')`);
  const rows = reader.getRows() as (string | null)[][];
  connection.closeSync();
  instance.closeSync();
  return rows;
}
