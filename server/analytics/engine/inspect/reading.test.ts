import fc from "fast-check";
import { looker, says } from "../../../../tests/factories/inspect";

jest.setTimeout(120_000); // machines may be busy

const { look, refuse, close } = looker();
afterAll(close);

/** One column's texts, and what becomes of them: its type, why, its values; what is said of it. */
type Column = [
  name: string,
  texts: string[],
  type: string,
  reason: string,
  values: (string | null)[],
  doubts?: string[],
];

const COLUMNS: Column[] = [
  ["金额", ["1,234.50", "2,000", "-1"], "Decimal", "values", ["1234.5000", "2000.0000", "-1.0000"]],
  ["n", ["12,000", "1,000"], "Integer", "values", ["12000", "1000"], ["decimal_mark"]],
  ["率", ["12.5%", "-3%", "0.01%"], "Decimal", "values", ["0.1250", "-0.0300", "0.0001"]],
  ["p", ["¥1,200.00", "(300.00)", "￥20.5"], "Decimal", "values", ["1200.0000", "-300.0000", "20.5000"]],
  ["p", ["¥1", "$2"], "String", "currencies", ["¥1", "$2"]],
  ["p", ["1,5", "2,25"], "Decimal", "values", ["1.5000", "2.2500"]],
  ["p", ["1.234,5", "0,25"], "Decimal", "values", ["1234.5000", "0.2500"]],
  ["p", ["1 234,5", "12"], "Decimal", "values", ["1234.5000", "12.0000"]],
  ["n", ["1.2万", "3亿", "500"], "Decimal", "values", ["12000.0000", "300000000.0000", "500.0000"]],
  ["v", ["0.00004", "1234.567891"], "Decimal", "values", ["0.000040", "1234.567891"]],
  ["v", ["1e3", "2.5"], "Float", "values", ["1000.0", "2.5"]],
  ["v", ["0.1234567890123", "2.5"], "Float", "values", ["0.1234567890123", "2.5"]],
  ["v", ["0.12345678901234567891", "2.5"], "Decimal", "values", ["0.12345678901234567891", "2.50000000000000000000"]],
  [
    "v",
    ["1", "NULL", "N/A", "-", "#N/A", "#DIV/0!", "NaN", "inf"],
    "Integer",
    "values",
    ["1", ...Array<null>(7).fill(null)],
  ],
  ["v", ["5", "x"], "String", "mixed", ["5", "x"]],
  ["v", ["1.10", "1.1"], "Decimal", "values", ["1.1000", "1.1000"], ["spellings"]],
  ["version", ["1.10", "1.1"], "String", "spelling", ["1.10", "1.1"]],
  ["zip", ["02138", "10001"], "String", "leading_zeros", ["02138", "10001"]],
  ["订单号", ["110101199001010010", "2"], "String", "long_digits", ["110101199001010010", "2"]],
  ["x", ["13800000001", "15912345678"], "String", "phone", ["13800000001", "15912345678"]],
  ["x", ['"=""007"""', '"=""8"""'], "String", "guarded", ["007", "8"]],
  ["ok", ["TRUE", "false"], "Boolean", "values", ["true", "false"]],
  ["ok", ["是", "否"], "String", "texts", ["是", "否"]],
  ["d", ["2026-1-5", "2026-11-15"], "Date", "values", ["2026-01-05", "2026-11-15"]],
  ["d", ["2026年3月14日 8:00", "2026年3月5日"], "DateTime", "values", ["2026-03-14 08:00:00", "2026-03-05 00:00:00"]],
  ["d", ["3/14/2026 8:00", "4/1/2026 1:30 PM"], "DateTime", "values", ["2026-03-14 08:00:00", "2026-04-01 13:30:00"]],
  [
    "d",
    ["2026/3/14 下午 1:30", "2026/3/14 上午 12:05"],
    "DateTime",
    "values",
    ["2026-03-14 13:30:00", "2026-03-14 00:05:00"],
  ],
  ["d", ["03/04/2026 08:00:00"], "DateTime", "values", ["2026-03-04 08:00:00"], ["day_order"]],
  ["d", ["13/04/2026", "05/14/2026"], "String", "mixed", ["13/04/2026", "05/14/2026"]],
  ["d", ["31.12.2025", "01.02.2026"], "Date", "values", ["2025-12-31", "2026-02-01"]],
  ["d", ["28/11/26", "01/12/26"], "String", "short_years", ["28/11/26", "01/12/26"]],
  ["d", ["2026-02-30", "2026-02-01"], "String", "mixed", ["2026-02-30", "2026-02-01"]],
  [
    "ts",
    ["2026-11-01T08:30:00Z", "2026-11-01T08:30:00"],
    "DateTimeTz",
    "values",
    ["2026-11-01 08:30:00+00", "2026-11-01 00:30:00+00"],
    ["zone_assumed"],
  ],
  ["月份", ["2026年1月", "2026年11月"], "Date", "values", ["2026-01-01", "2026-11-01"]],
  ["月份", ["202601", "202611"], "Date", "values", ["2026-01-01", "2026-11-01"]],
  ["n", ["202601", "202611"], "Integer", "values", ["202601", "202611"]],
  ["季度", ["2026Q1", "2026Q4"], "Date", "values", ["2026-01-01", "2026-10-01"]],
  ["季度", ["2026年第2季度"], "Date", "values", ["2026-04-01"]],
  ["t", ["8:30", "23:59:01"], "Time", "values", ["08:30:00", "23:59:01"]],
];

it.each(COLUMNS)("a column %s of %j is read as %s", async (name, texts, type, reason, values, doubts = []) => {
  const { inspection, cells } = await look(`${name}|rest\n${texts.map((text) => `${text}|a`).join("\n")}\n`, {
    delimiter: "|",
    header: true,
  });
  const [column] = inspection.columns;
  expect([column?.type, column?.reason, column?.doubts.map(({ code }) => code)]).toEqual([type, reason, doubts]);
  expect(cells.map(([cell]) => cell)).toEqual(values);
});

/** A file's text, how many rows are read, what is said of the others. */
const FILES: [what: string, text: string | Buffer, expected: object, cells: (string | null)[][]][] = [
  [
    "several kinds of line ends",
    "a,b\r\n1,2\n3,4\r5,6\r\n",
    {},
    [
      ["1", "2"],
      ["3", "4"],
      ["5", "6"],
    ],
  ],
  [
    "marks after backslashes",
    'a,b\n"C:\\dir\\",1\n"say \\"hi\\"",2\n',
    {},
    [
      ["C:\\dir\\", "1"],
      ['say "hi"', "2"],
    ],
  ],
  [
    "stray marks",
    'a,b\n5" pipe,1\n"a "b" c",2\n',
    {},
    [
      ['5" pipe', "1"],
      ['a "b" c', "2"],
    ],
  ],
  [
    "a cell that is never closed",
    'a,b\n"open,1\nx,2\n"y",3\n',
    { leftOut: { count: 1, more: false, lines: [{ line: 2, column: null, fault: "quote", text: '"open,1' }] } },
    [
      ["x", "2"],
      ["y", "3"],
    ],
  ],
  [
    "a zero byte",
    "a,b\n1,x\0y\n2,z\n",
    { leftOut: { count: 1, more: false, lines: [{ line: 2, column: null, fault: "characters", text: "1,x\u2400y" }] } },
    [["2", "z"]],
  ],
  [
    "a byte that is no UTF-8",
    Buffer.concat([Buffer.from("门店,金额\n甲店,1\n"), Buffer.from([0xff, 0x28]), Buffer.from(",2\n丙店,3\n")]),
    { csv: { encoding: "utf-8" }, leftOut: { count: 1, lines: [{ line: 3, fault: "characters" }] } },
    [
      ["甲店", "1"],
      ["丙店", "3"],
    ],
  ],
  [
    "empty rows",
    "a,b\n1,2\n,\n3,4\n,\n,\n",
    { csv: { emptyRows: 3 } },
    [
      ["1", "2"],
      ["3", "4"],
    ],
  ],
  [
    "titles and a line of totals",
    "某公司2026年销售表\n制表:甲\n\n日期,门店,金额\n2026-01-01,A,10\n合计,,10\n",
    { csv: { skip: 3, header: true, totals: [{ line: 6, text: "合计,,10" }] } },
    [["2026-01-01", "A", "10"]],
  ],
  [
    "a total amid the rows",
    "店,n\nA,1\n合计,1\nB,2\n",
    { csv: { totals: [] } },
    [
      ["A", "1"],
      ["合计", "1"],
      ["B", "2"],
    ],
  ],
  [
    "years as names",
    "地区,2024,2025\n华东,1,2\n",
    { columns: [{ name: "地区" }, { name: "2024" }, { name: "2025" }] },
    [["华东", "1", "2"]],
  ],
  [
    "a name too few",
    "a,b\n1,2,x\n3,4,y\n",
    { columns: [{}, {}, { name: "column_3" }] },
    [
      ["1", "2", "x"],
      ["3", "4", "y"],
    ],
  ],
  ["sep=", "sep=;\na;b\n1;2\n", { csv: { delimiter: ";", skip: 1 } }, [["1", "2"]]],
  ["a comment", "# made by a tool\na,b\n1,2\n", { csv: { skip: 1 } }, [["1", "2"]]],
  [
    "no header",
    "1,2\n3,4\n",
    { csv: { header: false } },
    [
      ["1", "2"],
      ["3", "4"],
    ],
  ],
  [
    "Latin-1",
    Buffer.from("ville,n\nBesançon,1\nOrléans,2\n", "latin1"),
    { csv: { encoding: "windows-1252", guessed: ["Besançon,1", "Orléans,2"] } },
    [
      ["Besançon", "1"],
      ["Orléans", "2"],
    ],
  ],
  [
    "Big5",
    Buffer.from("aaf9a5ab2caaf7c3420aa578a55fa9b12c31322e350a", "hex"),
    { csv: { encoding: "big5" } },
    [["台北店", "12.5000"]],
  ],
  [
    "Shift-JIS",
    Buffer.from("93fa95742c8ae097650a82e682a282c62c330a", "hex"),
    { csv: { encoding: "shift_jis" } },
    [["よいと", "3"]],
  ],
];

it.each(FILES)("a file with %s is read, and what was done is said", async (_what, text, expected, cells) => {
  const looked = await look(text);
  expect(looked.inspection).toMatchObject({ rowCount: cells.length, ...expected });
  expect(looked.cells).toEqual(cells);
});

it("says no line where the text is of no encoding that is known", async () => {
  expect(await refuse(Buffer.from("a,b\n1,2\n3,\xff\xff\n", "latin1"))).toEqual({ code: "file_encoding", line: 3 });
});

it("reads as a person has chosen, and refuses what that would change", async () => {
  const text = "d,n,ok,v,w\n03/04/2026 08:00:00,1.5,是,0.1234567,none\n05/06/2026,2,否,1,3\n";
  const column = (name: string, type: string) => ({ name, type: type as "Date" });
  const columns = [{ name: "d", dayFormat: "%d/%m/%Y" as const }, column("n", "Integer"), column("ok", "Boolean")];
  const more = [column("v", "Decimal"), { name: "w", type: "Integer" as const, nulls: ["none"] }];
  const { inspection, cells } = await look(text, { columns: [...columns, ...more] });
  expect(cells).toEqual([["2026-06-05 00:00:00", "2", "false", "1.0000000", "3"]]);
  expect(inspection.leftOut.lines).toEqual([{ line: 2, column: "n", fault: "type", text: "1.5" }]);
  expect(inspection.columns[0]).toMatchObject({ type: "DateTime", dayFormat: "%d/%m/%Y", doubts: [] });
  expect(inspection.columns[4]?.nulls).toEqual([{ text: "none", count: 1 }]);
});

it("keeps totals as rows where a person says so", async () => {
  const { cells } = await look("店,n\nA,1\n合计,1\n", { keepTotals: true });
  expect(cells).toEqual([
    ["A", "1"],
    ["合计", "1"],
  ]);
});

/** Texts of one kind, as columns have them. */
const KINDS: fc.Arbitrary<string>[] = [
  fc.integer({ min: 0, max: 99_999 }).map(String),
  fc.integer({ min: -9_999, max: 9_999 }).map((number) => (number / 100).toFixed(2)),
  fc.integer({ min: 0, max: 9_999 }).map((number) => String(number / 100)),
  fc.integer({ min: 0, max: 3_000 }).map((day) => new Date(Date.UTC(2020, 0, 1 + day)).toISOString().slice(0, 10)),
  fc.constantFrom("true", "false"),
  fc.constantFrom("east", "west"),
];
const ODD = fc.constantFrom(
  ...["3.5", "0.4", "02138", "00501", "0.00004", "1234.56789", "12345678901234567890", "x", "-", "N/A", "1e5", "+7"],
  ...["1_000", "0x1F", "12.", ".5", "2026-02-30", "2026-1-5", "epoch", "infinity", "NaN", "yes", "t", "1,5", "5%"],
  ...["9007199254740993", "-0", "0.1234567890123456789", "2026-01-05 10:00:00", "13:00", "9999999999999999999999"],
);

it("never changes a value without saying so, wherever in the file an odd one stands", async () => {
  const ROWS = 5_200; // more than are looked at first
  const column = fc.record({ kind: fc.nat(KINDS.length - 1), seed: fc.nat(1e6), odd: ODD, at: fc.nat(ROWS - 1) });
  await fc.assert(
    fc.asyncProperty(fc.array(column, { minLength: 6, maxLength: 6 }), async (columns) => {
      const texts = columns.map(({ kind, seed, odd, at }) => {
        const some = fc.sample(KINDS[kind] ?? ODD, { seed, numRuns: 40 });
        return Array.from({ length: ROWS }, (_, row) => (row === at ? odd : (some[row % some.length] ?? "")));
      });
      const rows = Array.from({ length: ROWS }, (_, row) => texts.map((column) => column[row] ?? ""));
      const file = [columns.map((_, index) => `c${index}`), ...rows]
        .map((cells) => cells.map(quoted).join(","))
        .join("\n");
      const { inspection, cells } = await look(`${file}\n`);
      const leftOut = new Set(inspection.leftOut.lines.map(({ line }) => line - 2));
      expect(inspection.leftOut.count).toBe(leftOut.size);
      const kept = rows.filter((_, row) => !leftOut.has(row));
      expect(cells).toHaveLength(kept.length);
      for (const [row, record] of kept.entries()) {
        for (const [index, text] of record.entries()) {
          const column = inspection.columns[index];
          const value = cells[row]?.[index] ?? null;
          if (!column || !says(column, text, value))
            throw new Error(`${text} became ${value} in a column ${column?.type}`);
        }
      }
    }),
    { numRuns: 10 },
  );
});

function quoted(text: string): string {
  return /[",]/.test(text) ? `"${text}"` : text;
}
