import type { DuckDBConnection } from "@duckdb/node-api";
import type { CsvSettings, CsvType } from "../../../../core/contract/source/upload";
import { readingOf, type Read, type Said } from "../../column/reading";
import { strictSql } from "../../column/strict";
import { duckdb } from "../../query/dialect/dialect";
import { messageOf } from "../message";
import { writeParquet } from "../scratch-database";

/** Rows whose texts say at first how a column is read; the others are compared with it, all of them. */
const SAMPLE_ROWS = 2_000;
const SAMPLE_CELLS = 2_000_000;
/** Texts of one column that do not fit, and are looked at to find what would. */
const MOST_MISFITS = 2_000;
const MOST_ROUNDS = 8;
const MISFIT = "a text that does not fit";

/** What a person has said about columns, and how the texts are read where they said nothing. */
export interface Wanted {
  names: readonly string[];
  columns: CsvSettings["columns"] | undefined;
  dayFormat: CsvSettings["dayFormat"];
  zone: string;
}

/** A row of a column's text that has no place in the column. */
export interface MisfitRow {
  /** Its number among the rows, from 0. */
  row: number;
  column: number;
  text: string;
}

export interface Typed {
  reads: Read[];
  rowCount: number;
  /** Rows that were not written; the first of them. */
  misfits: { count: number; rows: MisfitRow[] };
}

const MOST_SHOWN = 100;

/** The texts of a source as they are known so far; `source` is SQL whose columns are c0, c1 and so on. */
export class TypedColumns {
  private readonly texts: Map<string, number>[];
  private total = 0;

  constructor(
    private readonly connection: DuckDBConnection,
    private readonly source: string,
    private readonly wanted: Wanted,
  ) {
    this.texts = wanted.names.map(() => new Map<string, number>());
  }

  /**
   * Writes the rows as Parquet, each value read so that it says what its text says. Types come from the first rows; where a
   * later text does not fit, all that do not are looked at and the column is read otherwise. What fits nowhere is left out.
   */
  async write(into: string): Promise<Typed> {
    await this.sample();
    let reads = this.read();
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const rowCount = await this.tryWrite(reads, into);
      if (rowCount !== null) return { reads, rowCount, misfits: { count: 0, rows: [] } };
      await this.learn(reads);
      const next = this.read();
      if (isSame(next, reads)) break;
      reads = next;
    }
    // Not even here may a text that is left out be an error: the engine may look at more rows than it writes.
    const fitting = `SELECT ${this.values(reads, "NULL")} FROM ${this.source} WHERE NOT (${this.anyMisfit(reads)})`;
    const rowCount = await writeParquet(this.connection, fitting, into);
    return { reads, rowCount, misfits: await this.misfits(reads) };
  }

  /** How often each word that stands for nothing was found in a column, over all rows. */
  async countNulls(reads: readonly Read[]): Promise<{ text: string; count: number }[][]> {
    const counted: { text: string; count: number }[][] = [];
    for (const [index, { nulls }] of reads.entries()) {
      counted.push(nulls.length === 0 ? [] : await this.histogram(index, among(columnAt(index), nulls)));
    }
    return counted;
  }

  /** Whether a number is written in several ways: 1.1 and 1.10. Some of the texts; none where the first rows have no such. */
  async spellings(index: number): Promise<string[]> {
    const fractions = [...(this.texts[index]?.keys() ?? [])].map((text) => text.split(".")[1] ?? "");
    const isVaried = fractions.some((fraction) => fraction !== "" && fraction.length !== fractions[0]?.length);
    if (!isVaried || !fractions.some((fraction) => fraction.endsWith("0"))) return [];
    const column = columnAt(index);
    const trimmed = `rtrim(${column}, '0')`;
    const rows = await this.rows(
      `SELECT min(${column}), max(${column}) FROM ${this.source} WHERE contains(${column}, '.')
      GROUP BY ${trimmed} HAVING min(${column}) <> max(${column}) LIMIT 3`,
    );
    return rows.flatMap((pair) => pair.map(String)).slice(0, 4);
  }

  /** How many texts of a column fulfil a condition. */
  async count(index: number, condition: (column: string) => string): Promise<number> {
    const [row] = await this.rows(`SELECT count(*) FROM ${this.source} WHERE ${condition(columnAt(index))}`);
    return Number(row?.[0] ?? 0);
  }

  /** What a column is without what a person has said. */
  detected(index: number, read: Read): CsvType {
    if (read.reason !== "chosen") return read.reading.type;
    return this.readOne(index, { zone: this.wanted.zone, dayFormat: this.wanted.dayFormat }).reading.type;
  }

  /** Some of a column's texts. */
  examples(index: number, most: number): string[] {
    return [...(this.texts[index]?.keys() ?? [])].slice(0, most).map((text) => text.slice(0, 200));
  }

  private async sample(): Promise<void> {
    const rows = Math.max(100, Math.min(SAMPLE_ROWS, Math.floor(SAMPLE_CELLS / this.texts.length)));
    const sampled = await this.rows(`SELECT * FROM ${this.source} LIMIT ${rows}`);
    this.total = sampled.length;
    for (const row of sampled) row.forEach((cell, index) => this.add(index, cell, 1));
    for (const [index, texts] of this.texts.entries()) {
      // A column whose first rows are empty says nothing yet.
      if (texts.size === 0 && sampled.length === rows) await this.look(index, `${columnAt(index)} IS NOT NULL`);
    }
  }

  private add(index: number, cell: unknown, count: number): void {
    if (cell === null) return;
    const texts = this.texts[index];
    texts?.set(String(cell), (texts.get(String(cell)) ?? 0) + count);
  }

  private async look(index: number, condition: string): Promise<void> {
    for (const { text, count } of await this.histogram(index, condition)) this.texts[index]?.set(text, count);
  }

  private async histogram(index: number, condition: string): Promise<{ text: string; count: number }[]> {
    const column = columnAt(index);
    const rows = await this.rows(
      `SELECT ${column}, count(*) FROM ${this.source} WHERE ${condition} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${MOST_MISFITS}`,
    );
    return rows.map(([text, count]) => ({ text: String(text), count: Number(count) }));
  }

  private read(): Read[] {
    return this.texts.map((_, index) => {
      const chosen = this.wanted.columns?.[index];
      return this.readOne(index, {
        type: chosen?.type,
        dayFormat: chosen?.dayFormat ?? this.wanted.dayFormat,
        decimal: chosen?.decimal,
        nulls: chosen?.nulls,
        zone: this.wanted.zone,
      });
    });
  }

  private readOne(index: number, said: Said): Read {
    const texts = this.texts[index] ?? new Map<string, number>();
    return readingOf({ name: this.wanted.names[index] ?? "", texts, total: this.total }, said);
  }

  /** Null where a text does not fit. */
  private async tryWrite(reads: readonly Read[], into: string): Promise<number | null> {
    try {
      return await writeParquet(
        this.connection,
        `SELECT ${this.values(reads, `error('${MISFIT}')`)} FROM ${this.source}`,
        into,
      );
    } catch (error) {
      if (messageOf(error).includes(MISFIT)) return null;
      throw error;
    }
  }

  /** Looks at the texts that do not fit, of all rows. */
  private async learn(reads: readonly Read[]): Promise<void> {
    const counts = reads.map((read, index) => `count(*) FILTER (${misfitSql(read, index)})`);
    const [row = []] = await this.rows(`SELECT count(*), ${counts.join(", ")} FROM ${this.source}`);
    this.total = Number(row[0] ?? 0);
    for (const [index, read] of reads.entries()) {
      if (Number(row[index + 1] ?? 0) > 0) await this.look(index, misfitSql(read, index));
    }
  }

  private values(reads: readonly Read[], misfit: string): string {
    return reads
      .map((read, index) => `${valueSql(read, index, misfit)} AS ${duckdb.quote(this.wanted.names[index] ?? "")}`)
      .join(", ");
  }

  private anyMisfit(reads: readonly Read[]): string {
    const typed = reads.flatMap((read, index) => (read.reading.type === "String" ? [] : [misfitSql(read, index)]));
    return typed.length === 0 ? "false" : typed.join(" OR ");
  }

  private async misfits(reads: readonly Read[]): Promise<Typed["misfits"]> {
    const misfit = this.anyMisfit(reads);
    const [counted] = await this.rows(`SELECT count(*) FROM ${this.source} WHERE ${misfit}`);
    const first = reads.map((read, index) => `WHEN ${misfitSql(read, index)} THEN ${index}`).join(" ");
    const text = reads.map((_, index) => `WHEN ${index} THEN ${columnAt(index)}`).join(" ");
    const rows = await this.rows(
      `SELECT "row", "at", CASE "at" ${text} END FROM (SELECT *, CASE ${first} END AS "at"
      FROM (SELECT row_number() OVER () - 1 AS "row", * FROM ${this.source}) WHERE ${misfit} LIMIT ${MOST_SHOWN}) ORDER BY "row"`,
    );
    return {
      count: Number(counted?.[0] ?? 0),
      rows: rows.map(([row, column, value]) => ({ row: Number(row), column: Number(column), text: String(value) })),
    };
  }

  private async rows(sql: string) {
    return (await this.connection.runAndReadAll(sql)).getRows();
  }
}

function isSame(one: readonly Read[], other: readonly Read[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function columnAt(index: number): string {
  return duckdb.quote(`c${index}`);
}

function among(column: string, texts: readonly string[]): string {
  return texts.length === 0 ? "false" : `${column} IN (${texts.map(duckdb.literal).join(", ")})`;
}

/** Whether a text neither fits nor stands for nothing. */
function misfitSql({ reading, nulls }: Read, index: number): string {
  if (reading.type === "String") return "false";
  const column = columnAt(index);
  const { quick, fits } = strictSql(reading, column);
  const slow = `NOT coalesce(${fits}, false) AND NOT ${among(column, nulls)}`;
  const first = quick ? `WHEN ${quick.fits} THEN false ` : "";
  return `(CASE WHEN ${column} IS NULL THEN false ${first}ELSE ${slow} END)`;
}

/** A text's value; `misfit` is SQL for what fits nowhere. */
function valueSql({ reading, nulls }: Read, index: number, misfit: string): string {
  const column = columnAt(index);
  const { type, quick, fits, value } = strictSql(reading, column);
  if (reading.type === "String") return value;
  const first = quick ? `WHEN ${quick.fits} THEN ${quick.value} ` : "";
  const nothing = nulls.length === 0 ? "" : `WHEN ${among(column, nulls)} THEN NULL `;
  return `CAST(CASE ${first}WHEN ${column} IS NULL THEN NULL WHEN ${fits} THEN ${value} ${nothing}ELSE ${misfit} END AS ${type})`;
}
