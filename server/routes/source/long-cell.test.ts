import { DuckDBInstance } from "@duckdb/node-api";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";
import type { DatasetModel } from "../../../core/contract/dataset/dataset";
import type { DataSource } from "../../../core/contract/source/data-source";
import { builders } from "../../../tests/factories/build";
import { request } from "../../../tests/factories/client";
import { connectSource } from "../../../tests/factories/data-source";
import { startWorld, type World } from "../../../tests/factories/world";
import { hugeText, wiredEngines } from "../../../tests/factories/engines/wired-engine";

jest.setTimeout(120_000); // engines start, and machines may be busy

let world: World;
let build: ReturnType<typeof builders>;

beforeAll(async () => {
  world = await startWorld();
  build = builders(world);
});
afterAll(() => world.stop());

const ansi = (expression: string) => ({ dialects: [{ dialect: "ANSI_SQL" as const, expression }] });

interface Place {
  source: string;
  dataSource?: DataSource["id"];
}

/** A dataset's rows with each cell, and how many there are. */
function model({ source, dataSource }: Place): z.input<typeof DatasetModel> {
  return {
    version: 1,
    semantic_model: {
      name: "cells",
      datasets: [{ name: "cells", source, fields: [{ name: "part", expression: ansi("n"), datatype: "Integer" }] }],
      metrics: [
        { name: "longest", expression: ansi("MAX(cell)") },
        { name: "rows", expression: ansi("COUNT(*)") },
      ],
    },
    dingboard: { label: "Cells", ...(dataSource === undefined ? {} : { dataSource }) },
  };
}

/** What a card with the cell is told; a card without it is answered all the same. */
async function expectRefused(place: Place, user: Awaited<ReturnType<typeof build.buildUser>>, token: string) {
  await world.server.domain.saveDataset({ enterpriseId: user.enterprise.id, name: "cells", model: model(place) });
  const preview = (measure: string) =>
    request<object>(world.server.url, "POST", "/api/datasets/cells/preview", {
      token,
      body: { dimensions: [{ field: "part" }], measures: [measure] },
    });
  const refused = await preview("longest");
  expect([refused.code, refused.body]).toEqual([
    "query_failed",
    { error: expect.objectContaining({ message: expect.stringMatching(/larger than it may be|memory/) }) },
  ]);
  expect((await preview("rows")).body).toMatchObject({ values: [[1], [1]] });
}

describe("a cell of 100 MB", () => {
  it.each(wiredEngines())("in %s is refused, and the next question answered", async (_name, start) => {
    const engine = await start();
    try {
      await engine.run(`CREATE VIEW sales.cells AS SELECT 1 AS n, ${hugeText(engine.name)} AS cell`);
      if (engine.name === "postgresql") await engine.run("GRANT SELECT ON sales.cells TO reader");
      const user = await build.buildUser({ role: "administrator" });
      const token = await build.tokenOf(user);
      const dataSource = await connectSource(world.server.url, { token }, engine.connection());
      await expectRefused({ source: "sales.cells", dataSource }, user, token);
    } finally {
      await engine.stop();
    }
  });

  it("in a Parquet file is refused, and the next question answered", async () => {
    const user = await build.buildUser({ role: "administrator" });
    const token = await build.tokenOf(user);
    const folder = join(world.config.dataDir, "files", user.enterprise.id);
    mkdirSync(folder, { recursive: true });
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    await connection.run(
      `COPY (SELECT 1 AS n, repeat('x', 100000000) AS cell) TO '${join(folder, "cells.parquet")}' (FORMAT parquet)`,
    );
    connection.closeSync();
    instance.closeSync();
    await expectRefused({ source: "cells.parquet" }, user, token);
  });
});
