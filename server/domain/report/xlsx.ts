import { crc32, deflateRawSync } from "node:zlib";
import type { CardData, Column, Format, Scalar } from "../../../core/contract/report/query";
import type { Language } from "../../../core/report/format";
import { headingOf } from "../../../core/report/heading";

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** XML knows no control characters, not even escaped. */
function escaped(text: string): string {
  return text
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** `A` for 0, `AA` for 26. */
function letters(index: number): string {
  const rest = String.fromCharCode(65 + (index % 26));
  return index < 26 ? rest : letters(Math.floor(index / 26) - 1) + rest;
}

function numberFormat(format: Format | undefined): string {
  const digits = (count: number): string => (count > 0 ? `.${"0".repeat(count)}` : "");
  if (format?.kind === "percent") return `0${digits(format.decimals ?? 1)}%`;
  if (format?.kind === "currency") return `#,##0${digits(format.decimals ?? 2)}`;
  return format?.decimals === undefined ? "General" : `#,##0${digits(format.decimals)}`;
}

function formatOf(column: Column): string {
  if (column.type === "date") return "yyyy\\-mm\\-dd";
  return column.type === "number" ? numberFormat(column.format) : "@";
}

const DAY_MS = 86_400_000;
const FIRST_DAY = Date.UTC(1899, 11, 30); // Excel's day 0, with its leap year of 1900

/** Texts are inline strings, which are never formulas. Integers too long for a double stay texts, and keep their digits. */
function cell(value: Scalar, column: Column, place: string, style: number): string {
  if (value === null) return "";
  if (typeof value === "boolean") return `<c r="${place}" t="b"><v>${Number(value)}</v></c>`;
  if (typeof value === "number") return `<c r="${place}" s="${style}"><v>${value}</v></c>`;
  const serial = column.type === "date" ? (Date.parse(`${value}T00:00:00Z`) - FIRST_DAY) / DAY_MS : NaN;
  if (Number.isFinite(serial)) return `<c r="${place}" s="${style}"><v>${serial}</v></c>`;
  return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
}

function sheet(data: CardData, language: Language): string {
  const row = (number: number, cells: string[]): string => `<row r="${number}">${cells.join("")}</row>`;
  const name: Column = { name: "", label: "", role: "dimension", type: "string" };
  const head = data.columns.map((column, index) => cell(headingOf(column, language), name, `${letters(index)}1`, 0));
  const rows = Array.from({ length: data.rowCount }, (_, at) =>
    row(
      at + 2,
      data.columns.map((column, index) =>
        cell(data.values[index]?.[at] ?? null, column, `${letters(index)}${at + 2}`, index + 1),
      ),
    ),
  );
  const frozen =
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView>';
  const widths = data.columns.map(
    (_, index) => `<col min="${index + 1}" max="${index + 1}" width="16" customWidth="1"/>`,
  );
  return (
    `${HEAD}<worksheet xmlns="${MAIN}">${frozen}</sheetViews><cols>${widths.join("")}</cols>` +
    `<sheetData>${row(1, head)}${rows.join("")}</sheetData></worksheet>`
  );
}

function styles(columns: Column[]): string {
  const formats = columns.map(
    (column, index) => `<numFmt numFmtId="${200 + index}" formatCode="${escaped(formatOf(column))}"/>`,
  );
  const used = columns.map(
    (_, index) => `<xf numFmtId="${200 + index}" fontId="0" fillId="0" borderId="0" applyNumberFormat="1"/>`,
  );
  return (
    `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="${formats.length}">${formats.join("")}</numFmts>` +
    `<fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>` +
    `<cellXfs count="${used.length + 1}"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>${used.join("")}</cellXfs></styleSheet>`
  );
}

const TYPES =
  `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
  `<Default Extension="xml" ContentType="${XLSX}.main+xml"/><Override PartName="/s.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>` +
  `<Override PartName="/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`;
const relations = (...parts: [type: string, target: string][]): string =>
  `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${parts
    .map(([type, target], index) => `<Relationship Id="r${index + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`)
    .join("")}</Relationships>`;
const WORKBOOK = `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="Data" sheetId="1" r:id="r1"/></sheets></workbook>`;

/** A ZIP archive of texts. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT sections 4.3.7 to 4.3.16 */
function zip(files: Record<string, string>): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const plain = Buffer.from(text);
    const packed = deflateRawSync(plain);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0); // version 2.0
    fields.writeUInt16LE(8, 4); // deflated
    fields.writeUInt16LE(0x21, 8); // 1 January 1980: the same rows make the same file
    fields.writeUInt32LE(crc32(plain), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(plain.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), fields, Buffer.from(name), packed]);
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00"), fields, place, Buffer.from(name)]));
    bodies.push(local);
    offset += local.length;
  }
  const index = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(directory.length, 4);
  end.writeUInt16LE(directory.length, 6);
  end.writeUInt32LE(index.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...bodies, index, Buffer.from("PK\x05\x06"), end]);
}

/** Rows as an Excel workbook: numbers and dates are such, with the formats of their columns. */
export function xlsxFile(data: CardData, language: Language): { type: string; content: Buffer } {
  const content = zip({
    "[Content_Types].xml": TYPES,
    "_rels/.rels": relations(["officeDocument", "w.xml"]),
    "w.xml": WORKBOOK,
    "_rels/w.xml.rels": relations(["worksheet", "s.xml"], ["styles", "styles.xml"]),
    "s.xml": sheet(data, language),
    "styles.xml": styles(data.columns),
  });
  return { type: XLSX, content };
}
