import type { CardData, Column, Scalar } from "../../../core/contract/report/query";
import type { Language } from "../../../core/report/format";
import { headingOf } from "../../../core/report/heading";

/** Whether a value is a number, also where it is too long for a double. */
export function isNumeric(value: Scalar, column: Column): boolean {
  if (typeof value === "number") return true;
  return column.type === "number" && typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value);
}

// Spreadsheets run a text that begins so as a formula. https://owasp.org/www-community/attacks/CSV_Injection
const FORMULA = /^[\s\u0000-\u001f]*[=+\-@＝＋－＠]/u;

/** Digits that a spreadsheet would take for a number and change: zeros before it, or more digits than it shows. */
const DIGITS = /^(?:0\d+|\d{12,})$/;

/** A text cell that no spreadsheet takes for a formula, quoted where it must be. */
function textCell(text: string): string {
  if (DIGITS.test(text)) return `"=""${text}"""`;
  const safe = FORMULA.test(text) || /^[\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]|^'|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function cell(value: Scalar, column: Column): string {
  if (value === null) return "";
  if (column.format?.kind === "text") return textCell(String(value));
  return isNumeric(value, column) || typeof value === "boolean" ? String(value) : textCell(String(value));
}

/** Lines of cells as RFC 4180 text with a byte order mark, without which Excel takes Chinese for something else. */
function fileOf(lines: string[]): { type: string; content: Buffer } {
  return { type: "text/csv; charset=utf-8", content: Buffer.from(`\uFEFF${lines.join("\r\n")}\r\n`) };
}

/** Rows of texts. */
export function csvText(rows: readonly (readonly string[])[]): { type: string; content: Buffer } {
  return fileOf(rows.map((row) => row.map(textCell).join(",")));
}

/** A card's rows. Values are not rounded. */
export function csvFile(data: CardData, language: Language): { type: string; content: Buffer } {
  const head = data.columns.map((column) => textCell(headingOf(column, language))).join(",");
  const rows = Array.from({ length: data.rowCount }, (_, row) =>
    data.columns.map((column, index) => cell(data.values[index]?.[row] ?? null, column)).join(","),
  );
  return fileOf([head, ...rows]);
}
