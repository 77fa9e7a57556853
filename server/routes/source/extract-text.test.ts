import type { z } from "zod";
import type { DatasetModel } from "../../../core/contract/dataset/dataset";
import type { SourceColumn, SourceTable } from "../../../core/contract/source/data-source";
import type { CardData } from "../../../core/contract/report/query";
import { builders } from "../../../tests/factories/build";
import { request } from "../../../tests/factories/client";
import { connectSource } from "../../../tests/factories/data-source";
import { extractDesk, isDone } from "../../../tests/factories/extracts";
import { wiredEngines } from "../../../tests/factories/engines/wired-engine";
import { startWorld, type World } from "../../../tests/factories/world";

jest.setTimeout(120_000); // engines start, and machines may be busy

const TABLE = "we\"ird 'ta`ble\n表 é; DROP --";
/** Names as people may have given them; MySQL's wire has none beyond the Basic Multilingual Plane. */
const COLUMNS = ['a "b" c\'d', "line\nbreak", "反引`号 \\", "select"];

/** A text of each kind: how the engine is told, and what it says. */
interface Texts {
  declared: string;
  quote: (name: string) => string;
  behind: string;
  values: [sql: string, text: string][];
}

const double = (name: string) => `"${name.replaceAll('"', '""')}"`;

const TEXTS: Record<string, Texts> = {
  postgresql: {
    declared: "text",
    quote: double,
    behind: "",
    values: [
      ["E'q\"u\\'o\\\\te\\n'", "q\"u'o\\te\n"],
      ["'😀 é 华东'", "😀 é 华东"],
      ["E'\\x01\\x7f'", "\u0001\u007f"],
    ],
  },
  mysql: {
    declared: "varchar(100) CHARACTER SET utf8mb4",
    quote: (name) => `\`${name.replaceAll("`", "``")}\``,
    behind: "",
    values: [
      ["'q\"u\\'o\\\\te\\n'", "q\"u'o\\te\n"],
      ["'😀 é 华东'", "😀 é 华东"],
      ["'nul\\0nul'", "nul\0nul"],
      ["CONVERT(_latin1 0x636166E9 USING utf8mb4)", "café"],
    ],
  },
  clickhouse: {
    declared: "String",
    quote: (name) => `\`${name.replaceAll("\\", "\\\\").replaceAll("`", "\\`")}\``,
    behind: " ENGINE = MergeTree ORDER BY tuple()",
    values: [
      ["'q\"u\\'o\\\\te\\n'", "q\"u'o\\te\n"],
      ["'😀 é 华东'", "😀 é 华东"],
      ["'nul\\0nul'", "nul\0nul"],
      // No text in any encoding that it is said to have.
      ["unhex('61FFFE62')", "a\ufffd\ufffdb"],
    ],
  },
};

function textsOf(engine: string): Texts {
  const texts = TEXTS[engine];
  if (!texts) throw new Error("The test has no texts for this engine.");
  return texts;
}

let world: World;
let build: ReturnType<typeof builders>;

beforeAll(async () => {
  world = await startWorld();
  build = builders(world);
});
afterAll(() => world.stop());

it.each(wiredEngines())(
  "what is in %s is copied as it is, whatever it is called and whatever it says",
  async (_, start) => {
    const engine = await start();
    try {
      const { declared, quote, behind, values } = textsOf(engine.name);
      const columns = COLUMNS.map((name) => `${quote(name)} ${declared}`);
      await engine.run(`CREATE TABLE sales.${quote(TABLE)} (${columns.join(", ")})${behind}`);
      for (const [sql] of values) {
        await engine.run(`INSERT INTO sales.${quote(TABLE)} VALUES (${COLUMNS.map(() => sql).join(", ")})`);
      }
      const user = await build.buildUser({ role: "editor" });
      const token = await build.tokenOf(user);
      const dataSourceId = await connectSource(world.server.url, { token }, engine.connection());
      const ask = <T>(method: string, path: string, body?: unknown) =>
        request<T>(world.server.url, method, path, { token, body });
      const { body } = await ask<{ tables: SourceTable[] }>("GET", `/api/data-sources/${dataSourceId}/tables`);
      expect(body.tables.map(({ name }) => name)).toEqual([TABLE]);
      const place = `schema=sales&table=${encodeURIComponent(TABLE)}`;
      const listed = await ask<{ columns: SourceColumn[] }>(
        "GET",
        `/api/data-sources/${dataSourceId}/columns?${place}`,
      );
      expect(listed.body.columns.map(({ name }) => name)).toEqual(COLUMNS);

      const desk = extractDesk(world.server.url, { token });
      const table = { schema: "sales", name: TABLE };
      const settings = { dataSourceId, table, columns: COLUMNS, schedule: { kind: "manual" } };
      const made = await desk.ask("POST", "", { name: "odd", ...settings });
      await desk.when(made.body.id, isDone);
      const fields = COLUMNS.map((name, index) => ({
        name: `f${index}`,
        expression: { dialects: [{ dialect: "ANSI_SQL" as const, expression: double(name) }] },
        datatype: "String" as const,
      }));
      const model = {
        version: 1,
        semantic_model: {
          name: "odd",
          datasets: [{ name: "odd", source: "extracts/odd.parquet", fields }],
          metrics: [{ name: "rows", expression: { dialects: [{ dialect: "ANSI_SQL", expression: "COUNT(*)" }] } }],
        },
        dingboard: { label: "Odd" },
      } satisfies z.input<typeof DatasetModel>;
      await world.server.domain.saveDataset({ enterpriseId: user.enterprise.id, name: "odd", model });
      const preview = await ask<CardData>("POST", "/api/datasets/odd/preview", {
        dimensions: fields.map(({ name }) => ({ field: name })),
        measures: ["rows"],
      });
      const texts = values.map(([, text]) => text).sort();
      const answered = (preview.body.values ?? []).slice(0, COLUMNS.length).map((column) => column.map(String).sort());
      expect(answered).toEqual(COLUMNS.map(() => texts));
    } finally {
      await engine.stop();
    }
  },
);
