import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import Papa from "papaparse";
import { looker, says } from "../../../../tests/factories/inspect";

jest.setTimeout(120_000); // machines may be busy

const { look, close } = looker();
afterAll(close);

const folderOf = (name: string): string => resolve("node_modules", name);
const FILES = [
  ["csv-spectrum", "csvs"],
  ["papaparse", "tests"],
  ["vega-datasets", "data"],
].flatMap(([name = "", folder = ""]) =>
  readdirSync(join(folderOf(name), folder))
    .filter((file) => /\.[ct]sv$/.test(file))
    .map((file) => [file, join(folderOf(name), folder, file)]),
);

it.each(FILES)("each cell of %s is what the file says, or is said to be otherwise", async (_name, file = "") => {
  const bytes = readFileSync(file);
  const { inspection, cells } = await look(bytes);
  const { csv, columns, leftOut } = inspection;
  const parsed = Papa.parse<string[]>(bytes.toString("utf8").replace(/^\ufeff/, ""), {
    delimiter: csv?.delimiter ?? ",",
  });
  // No file has both a row of the wrong length and a cell of several lines: a row's number is its line.
  const lines = new Set(leftOut.lines.map(({ line }) => line));
  const odd = parsed.data.filter((_, index) => lines.has(index + 1));
  expect(odd.every((row) => row.length !== columns.length)).toBe(true);
  const kept = parsed.data.filter((_, index) => !lines.has(index + 1));
  const filled = kept.filter((row) => row.some((cell) => cell.trim() !== ""));
  const rows = csv?.header ? filled.slice(1) : filled;
  expect([cells.length, leftOut.count, csv?.skip]).toEqual([rows.length, odd.length, 0]);
  if (csv?.header)
    expect(columns.map(({ name, renamedFrom }) => renamedFrom ?? name)).toEqual(filled[0]?.map((name) => name.trim()));
  const wrong = rows.flatMap((row, at) =>
    row.flatMap((text, index) => {
      const column = columns[index];
      const value = cells[at]?.[index] ?? null;
      return column && !says(column, text, value) ? [`${column.name} (${column.type}): ${text} became ${value}`] : [];
    }),
  );
  expect(wrong.slice(0, 10)).toEqual([]);
});
