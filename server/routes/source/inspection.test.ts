import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { DatasetSettings } from "../../../core/contract/dataset/dataset";
import type { CardData } from "../../../core/contract/report/query";
import type { Inspection } from "../../../core/contract/source/upload";
import { builders } from "../../../tests/factories/build";
import { people, UPLOADED_SALES, type Person } from "../../../tests/factories/upload";
import { startWorld, type World } from "../../../tests/factories/world";

jest.setTimeout(60_000); // passwords are slow on purpose, and machines may be busy

const MB = 1024 * 1024;
let world: World;
let person: ReturnType<typeof people>;

beforeAll(async () => {
  world = await startWorld({ upload: { bytes: 120 * MB, partBytes: 2 * MB, reserveBytes: 0 } });
  person = people(world, builders(world));
});
afterAll(() => world.stop());

const typesOf = (inspection: Inspection | null): string[] =>
  (inspection?.columns ?? []).map(({ name, type }) => `${name} ${type}`);

/** The rows of an imported file. */
async function rowsOf({ folder }: Person, name: string): Promise<unknown[][]> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const reader = await connection.runAndReadAll(`SELECT * FROM read_parquet('${join(folder, name)}')`);
  const rows = reader.getRowsJson();
  connection.closeSync();
  instance.closeSync();
  return rows;
}

/** What a card of a dataset that is proposed for the file shows. */
async function cardOf({ ask }: Person, file: string, query: object): Promise<unknown[][]> {
  const label = { label: "Numbers", source: file };
  const proposed = await ask<{ text: string }>("POST", "/api/dataset-proposals", label);
  const name = `numbers_${file.replace(/\W/g, "_")}`;
  expect((await ask("POST", "/api/datasets", { name, text: proposed.body.text })).status).toBe(200);
  return (await ask<CardData>("POST", `/api/datasets/${name}/preview`, query)).body.values;
}

describe("a card shows what the file says", () => {
  const many = (text: (row: number) => string): string =>
    Array.from({ length: 110_000 }, (_, row) => text(row)).join("\n");

  it("where the first hundred thousand rows have whole numbers, and the last ones do not", async () => {
    const editor = await person();
    const last = [3.5, 0.4, 2.5, 0.4, 0.4].map((amount) => `B,${amount}`).join("\n");
    const { id } = await editor.send("a.csv", `shop,amount\n${many((row) => `A,${row % 10}`)}\n${last}\n`);
    await editor.import(id, { name: "late.parquet" });
    const query = { dimensions: [{ field: "shop" }], measures: ["total_amount"] };
    expect(await cardOf(editor, "late.parquet", query)).toEqual([
      ["A", "B"],
      [495_000, 7.2],
    ]);
  });

  it("where prices have more places than those before", async () => {
    const editor = await person();
    const last = ["0.00004", "0.123456", "1234.56789"].map((price) => `B,${price}`).join("\n");
    const { id } = await editor.send("a.csv", `kind,cost\n${many((row) => `A,${row % 10}.25`)}\n${last}\n`);
    await editor.import(id, { name: "places.parquet" });
    const query = { dimensions: [{ field: "kind" }], measures: ["total_cost"] };
    // 0.00004 + 0.123456 + 1234.56789
    expect((await cardOf(editor, "places.parquet", query))[1]).toEqual([522_500, 1234.691386]);
  });

  it("where a code begins with zero at last", async () => {
    const editor = await person();
    const { id } = await editor.send("a.csv", `kind,postcode\n${many((row) => `A,${10_000 + (row % 7)}`)}\nB,02138\n`);
    await editor.import(id, { name: "codes.parquet" });
    const query = { dimensions: [{ field: "postcode" }], measures: ["row_count"] };
    expect((await cardOf(editor, "codes.parquet", query))[0]).toContain("02138");
  });

  it("where somebody has said which is the month; until then nothing is imported", async () => {
    const editor = await person();
    const { id, inspection } = await editor.send("a.csv", "d,n\n03/04/2026 08:00:00,1\n05/06/2026 09:00:00,2\n");
    expect(inspection?.columns[0]?.doubts).toMatchObject([{ code: "day_order" }]);
    expect((await editor.import(id, { name: "days.parquet" })).code).toBe("days_undecided");
    const again = await editor.inspect(id, { columns: [{ name: "d", dayFormat: "%d/%m/%Y" }, { name: "n" }] });
    expect(again.inspection?.columns[0]).toMatchObject({ type: "DateTime", dayFormat: "%d/%m/%Y", doubts: [] });
    await editor.import(id, { name: "days.parquet" });
    const query = { dimensions: [{ field: "d", grain: "day" }], measures: ["total_n"] };
    expect(await cardOf(editor, "days.parquet", query)).toEqual([
      ["2026-04-03", "2026-06-05"],
      [1, 2],
    ]);
  });
});

/** The words that engines keep for themselves, most of them. */
const RESERVED = (
  "all analyse analyze and any array as asc asymmetric authorization between binary both by case cast check collate column " +
  "constraint create cross current_date current_time database default deferrable delete desc describe distinct div do drop " +
  "else end except exists explain extract false fetch filter following for foreign freeze from full glob grant group having " +
  "if in index initially inner insert int intersect interval into is isnull join key kill lambda lateral leading left like " +
  "limit localtime lock map match natural not notnull null offset on only or order outer over overlaps partition pivot " +
  "placing primary qualify range recursive references returning right row rows select set show similar some sql struct " +
  "summarize symmetric table tablesample then to top trailing true union unique unpivot update user using values variadic " +
  "view when where window with xor"
).split(" ");

describe("what is proposed for a file", () => {
  interface Checked {
    problems: { severity: string; message: string }[];
  }

  /** Writes a Parquet file among the enterprise's, as an operator does. */
  async function place({ folder }: Person, file: string, columns: { name: string; sql: string }[]): Promise<void> {
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    mkdirSync(folder, { recursive: true });
    const select = columns.map(({ name, sql }) => `${sql} AS "${name.replaceAll('"', '""')}"`).join(", ");
    await connection.run(`COPY (SELECT ${select} FROM range(3)) TO '${join(folder, file)}' (FORMAT parquet)`);
    connection.closeSync();
    instance.closeSync();
  }

  const propose = async ({ ask }: Person, source: string, language = "zh-CN"): Promise<string> =>
    (await ask<{ text: string }>("POST", "/api/dataset-proposals", { label: "Any", source, language })).body.text;

  const TYPES = [
    "1",
    "1.5",
    "1.5::DOUBLE",
    "'a'",
    "true",
    "DATE '2026-01-01'",
    "TIME '08:00:00'",
    "now()",
    "[1.5]",
    "[1]",
  ];

  it("passes its own check, whatever the columns are called and hold", async () => {
    const editor = await person();
    const name = fc.oneof(fc.constantFrom(...RESERVED), fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }));
    const columns = fc.uniqueArray(fc.record({ name, sql: fc.constantFrom(...TYPES) }), {
      minLength: 150,
      maxLength: 200,
      selector: (column) => column.name.toLowerCase(),
    });
    let files = 0;
    await fc.assert(
      fc.asyncProperty(columns, async (wanted) => {
        const file = `any_${(files += 1)}.parquet`;
        const readable = wanted.filter((column) => !column.name.includes("\0"));
        await place(editor, file, readable);
        const text = await propose(editor, file);
        const { body } = await editor.ask<Checked>("POST", "/api/dataset-checks", { text });
        expect(body.problems).toEqual([]);
        const { datasets } = (JSON.parse(text) as { semantic_model: { datasets: { metrics: unknown[] }[] } })
          .semantic_model;
        expect(JSON.stringify(datasets[0]?.metrics)).not.toContain("[]");
      }),
      { numRuns: 4, endOnFailure: true },
    );
  });

  it("says what each column is for: nothing adds up numbers of orders, phones or years", async () => {
    const editor = await person();
    const head = "订单号,客户手机,年份,销售额,折扣率,单价,orderId,zipCode,版本,序,门店,month";
    const rows = Array.from(
      { length: 12 },
      (_, row) =>
        `${110101199001010010n + BigInt(row)},1380000000${row % 10},2025,¥${row}.5,1${row}%,9.9,${7 * row},1000${row % 10},2,${row + 1},A,${row + 1}`,
    );
    const { id } = await editor.send("订单.csv", `${head}\n${rows.join("\n")}\n`);
    await editor.import(id, { name: "orders.parquet" });
    const { dingboard } = JSON.parse(await propose(editor, "orders.parquet")) as { dingboard: DatasetSettings };
    expect(dingboard.measures).toEqual({
      row_count: { label: "行数" },
      distinct_ding_dan_hao: { label: "订单号（去重计数）" },
      distinct_ke_hu_shou_ji: { label: "客户手机（去重计数）" },
      total_xiao_shou_e: { label: "销售额合计", format: { kind: "currency", currency: "CNY" } },
      average_zhe_kou_lv: { label: "平均折扣率", format: { kind: "percent" } },
      average_dan_jia: { label: "平均单价" },
      distinct_order_id: { label: "orderId（去重计数）" },
      distinct_xu: { label: "序（去重计数）" },
    });
    expect(dingboard.dimensions["nian_fen"]).toEqual({ label: "年份", format: { kind: "text" } });
    const english = JSON.parse(await propose(editor, "orders.parquet", "en-US")) as { dingboard: DatasetSettings };
    expect(english.dingboard.measures["row_count"]).toEqual({ label: "Rows" });
    expect(await cardOf(editor, "orders.parquet", { measures: ["total_xiao_shou_e", "average_zhe_kou_lv"] })).toEqual([
      [72], // 0.5 + 1.5 + … + 11.5
      [expect.closeTo((0.1 + 0.11 + 0.12 + 0.13 + 0.14 + 0.15 + 0.16 + 0.17 + 0.18 + 0.19 + 1.1 + 1.11) / 12, 12)],
    ]);
  });
});

describe("what a file holds", () => {
  const gbk = Buffer.from("c7f8d3f22cbdf0b6ee0abbaab6ab2c322e350a", "hex"); // 区域,金额 / 华东,2.5

  it.each<[string, Buffer, string]>([
    ["GBK", gbk, "gb18030"],
    ["UTF-8 with a mark", Buffer.from("\ufeff区域,金额\n华东,2.5\n"), "utf-8"],
    ["UTF-16", Buffer.from("\ufeff区域,金额\n华东,2.5\n", "utf16le"), "utf-16le"],
  ])("is read in %s", async (_name, bytes, encoding) => {
    const editor = await person();
    const { inspection } = await editor.send("a.csv", bytes);
    expect(inspection).toMatchObject({ csv: { encoding }, rows: [["华东", 2.5]] });
    expect(typesOf(inspection)).toEqual(["区域 String", "金额 Decimal"]);
  });

  it("keeps ids as they are written, and makes each column's name its own", async () => {
    const editor = await person();
    const { inspection } = await editor.send("a.csv", "code,order,n,N,\n007,12345678901234567890,1,2,x\n8,2,3,4,y\n");
    expect(typesOf(inspection)).toEqual(["code String", "order String", "n Integer", "N_2 Integer", "column_5 String"]);
    expect(inspection?.rows[0]).toEqual(["007", "12345678901234567890", 1, 2, "x"]);
    expect(inspection?.columns.map(({ renamedFrom }) => renamedFrom)).toEqual([null, null, null, "N", ""]);
  });

  it("is shown again as a person corrects it, and imported so", async () => {
    const editor = await person();
    const { id } = await editor.send("a.csv", "Report\nday;shop;sold\n05.01.2026;01;3\n25.01.2026;02;4\n");
    const columns = [
      { name: "tag", type: "Date" as const },
      { name: "shop", type: "Integer" as const },
      { name: "verkauft", type: "Float" as const },
    ];
    const { inspection } = await editor.inspect(id, {
      delimiter: ";",
      skip: 1,
      header: true,
      dayFormat: "%d.%m.%Y",
      columns,
    });
    expect(typesOf(inspection)).toEqual(["tag Date", "shop Integer", "verkauft Float"]);
    expect(inspection?.rows).toEqual([
      ["2026-01-05", 1, 3],
      ["2026-01-25", 2, 4],
    ]);
    expect((await editor.import(id, { name: "a.parquet" })).body.columns).toMatchObject(columns);
    expect(await rowsOf(editor, "a.parquet")).toEqual([
      ["2026-01-05", "1", 3],
      ["2026-01-25", "2", 4],
    ]);
  });

  it("says which lines do not fit, and imports without them only when told so", async () => {
    const editor = await person();
    const many = Array.from({ length: 120_000 }, (_, index) => `${index},"a\nb",1`).join("\n");
    const { id, inspection } = await editor.send("a.csv", `id,text,n\n${many}\nx,c,1\n5,d\n6,e,1,2,3\n7,f,1\n`);
    expect(inspection?.rowCount).toBe(120_001);
    expect(inspection?.leftOut).toEqual({
      count: 3,
      more: false,
      lines: [
        { line: 240_002, column: "id", fault: "type", text: "x" },
        { line: 240_003, column: null, fault: "columns", text: "5,d" },
        { line: 240_004, column: null, fault: "columns", text: "6,e,1,2,3" },
      ],
    });
    expect((await editor.import(id, { name: "a.parquet" })).code).toBe("rows_do_not_fit");
    expect((await editor.import(id, { name: "a.parquet", leaveOut: true })).body.rows).toBe(120_001);
  });

  it.each<[string, string, string | Buffer, object]>([
    ["a workbook", "a.csv", Buffer.from("504b030414000600", "hex"), { code: "file_is_workbook" }],
    ["a picture", "a.csv", Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"), { code: "file_unknown" }],
    ["nothing but white space", "a.csv", " \n\n", { code: "file_empty" }],
    [
      "no encoding that is known",
      "a.csv",
      Buffer.from("a,b\n1,2\n3,\xff\xff\n", "latin1"),
      { code: "file_encoding", line: 3 },
    ],
    ["a cut-off Parquet file", "a.parquet", "PAR1 and then not much more", { code: "file_damaged" }],
    ["no Parquet", "a.parquet", "a,b\n1,2\n", { code: "file_damaged" }],
    [
      "a cell that nobody closes",
      "a.csv",
      `a,b\n1,2\n3,"${"x\n".repeat(1_200_000)}`,
      { code: "cell_too_large", line: 3 },
    ],
  ])("is refused where it is %s", async (_name, fileName, content, problem) => {
    const editor = await person();
    const bytes = Buffer.from(content);
    const { body } = await editor.begin(fileName, bytes.length);
    for (let at = 0; at < bytes.length; at += MB) await editor.part(body.id, at, bytes.subarray(at, at + MB));
    expect(await editor.inspected(body.id)).toMatchObject({ state: "refused", inspection: null, problem });
    expect((await editor.import(body.id, { name: "a.parquet" })).code).toBe("upload_not_ready");
  });

  it("may have a cell of 100 MB: it is refused, and the server answers on", async () => {
    const editor = await person();
    const size = 100 * MB;
    const { body } = await editor.begin("huge.csv", size);
    const piece = Buffer.alloc(2 * MB, "y");
    await editor.part(body.id, 0, Buffer.concat([Buffer.from("a,b\n1,"), piece.subarray(6)]));
    for (let at = 2 * MB; at < size; at += piece.length) await editor.part(body.id, at, piece);
    expect((await editor.inspected(body.id)).problem).toEqual({ code: "cell_too_large", line: 2 });
    expect((await editor.ask("POST", `/api/uploads/${body.id}/cancel`)).status).toBe(200);
  });

  it("of a Parquet file is what it says itself", async () => {
    const editor = await person();
    const { id } = await editor.send("a.csv", UPLOADED_SALES);
    await editor.import(id, { name: "first.parquet" });
    const bytes = readFileSync(join(editor.folder, "first.parquet"));
    const again = await editor.send("b.parquet", bytes);
    expect(again.inspection).toMatchObject({ format: "parquet", csv: null, rowCount: 3 });
    expect(typesOf(again.inspection)).toEqual(["day Date", "region String", "amount Decimal"]);
    await editor.import(again.id, { name: "second.parquet" });
    expect(readFileSync(join(editor.folder, "second.parquet")).equals(bytes)).toBe(true);
    const cut = Buffer.from(bytes);
    cut.fill(0, 8, 40); // whole outside, damaged inside
    expect((await editor.send("c.parquet", cut)).problem?.code).toBe("file_damaged");
  });
});
