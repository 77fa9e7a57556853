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

/** The same number without what does not count. */
function plain(text: string): string {
  const [, sign = "", whole = "", fraction = ""] = /^\s*([+-]?)0*(\d*)\.?(\d*?)0*\s*$/.exec(text) ?? [text, "?", text];
  const digits = `${whole || "0"}${fraction && `.${fraction}`}`;
  return `${sign === "-" && /[1-9]/.test(digits) ? "-" : ""}${digits}`;
}

/** A day as ISO 8601 has it. */
function isoDay(text: string, format: string | null): string {
  const numbers = text.split(/\D+/).map((part) => part.padStart(2, "0"));
  const [one = "", two = "", three = ""] = numbers;
  if (format?.startsWith("%d")) return `${three}-${two}-${one}`;
  if (format?.startsWith("%m")) return `${three}-${one}-${two}`;
  return [one, two, three || "01"].join("-");
}

type Column = Inspection["columns"][number];

const pointed = (text: string, { marks }: Column): string =>
  marks.includes("decimal_comma") ? text.replace(",", ".") : text;

function isMoment(text: string, value: string, { dayFormat }: Column): boolean {
  const [day = "", ...clock] = text.split(/[ T]/);
  const time = clock.join(" ").padStart(5, "0");
  return value.startsWith(isoDay(day, dayFormat)) && (time === "00000" || value.slice(11).startsWith(time));
}

const isNumber = (text: string, value: string, column: Column): boolean =>
  plain(pointed(text, column)) === plain(value);

/** Whether a value of a type is its text's. */
const SAYS: Partial<Record<Column["type"], (text: string, value: string, column: Column) => boolean>> = {
  String: (text, value) => value === text,
  Integer: isNumber,
  Decimal: isNumber,
  Float: (text, value) => Number(text) === Number(value) && text.replace(/e.*|\D/gi, "").length <= 17,
  Boolean: (text, value) => value === text.toLowerCase(),
  Date: (text, value, { dayFormat }) => value === isoDay(text, dayFormat),
  DateTime: isMoment,
  DateTimeTz: (text, value) => Date.parse(text) === Date.parse(value.replace(" ", "T").replace(/\+00$/, "Z")),
  Time: (text, value) => value.startsWith(text.padStart(5, "0")),
};

/** Whether a value says no more and no less than its text, or what it lacks was said. */
export function says(column: Column, text: string, value: string | null): boolean {
  if (value === null) return text.trim() === "" || column.nulls.some((each) => each.text === text);
  return SAYS[column.type]?.(text, value, column) ?? false;
}
