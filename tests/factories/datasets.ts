import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DatasetProblem } from "../../core/contract/dataset/edit";
import type { Role } from "../../core/contract/session/session";
import type { BuiltEnterprise, builders } from "./build";
import { request, type Ask } from "./client";
import type { World } from "./world";

/** What saving answers, or why it was refused. */
export type Saved = { revision: number; unchecked: boolean; problems: DatasetProblem[] } & Partial<Failure>;
export type Failure = { error: { message: string; problems?: DatasetProblem[] } };

export const ansi = (expression: string, dialect = "ANSI_SQL") => ({ dialects: [{ dialect, expression }] });

/** Orders and the shops that they were made in. */
function shopModel() {
  return {
    version: 1,
    semantic_model: {
      name: "shops",
      datasets: [
        {
          name: "orders",
          source: "shop/orders.csv",
          primary_key: ["id"],
          fields: [
            { name: "day", expression: ansi("day"), datatype: "Date" },
            { name: "shop", expression: ansi("shop"), datatype: "String" },
          ],
          metrics: [{ name: "amount", expression: ansi("SUM(amount)"), datatype: "Float" }],
        },
        {
          name: "shops",
          source: "shop/shops.csv",
          fields: [{ name: "city", expression: ansi("city"), datatype: "String" }],
        },
      ],
      relationships: [
        { name: "of_shop", from: "orders", to: "shops", from_columns: ["shop"], to_columns: ["name"] },
      ] as object[],
    },
    dingboard: { label: "Shops" } as Record<string, unknown>,
  };
}
export type Draft = ReturnType<typeof shopModel>;

/** The text of a dataset of shops, changed as a test wants it. */
export function textOf(change: (model: Draft) => void = () => undefined): string {
  const model = shopModel();
  change(model);
  return JSON.stringify(model, null, 2);
}

/** The line on which this text ends. */
export const lineOf = (text: string, part: string): number =>
  text.slice(0, text.indexOf(part) + part.length).split("\n").length;

/** An enterprise with the files of the shops, and people who work with datasets. */
export interface Office {
  enterprise: BuiltEnterprise;
  editor: string;
  administrator: string;
}

/** Works with datasets as people would. */
export function datasetOffice(world: World, build: ReturnType<typeof builders>) {
  const ask = <T>(method: string, path: string, options: Ask = {}) =>
    request<T>(world.server.url, method, `/api/datasets${path}`, options);
  const tokenOf = async (enterprise: BuiltEnterprise, role: Role): Promise<string> =>
    build.tokenOf(await build.buildUser({ enterprise, role }));
  const writeFile = (enterprise: BuiltEnterprise, name: string, text: string): void => {
    const folder = join(world.config.dataDir, "files", enterprise.id, "shop");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  return {
    ask,
    tokenOf,
    writeFile,
    office: async (): Promise<Office> => {
      const enterprise = await build.buildEnterprise();
      writeFile(
        enterprise,
        "orders.csv",
        "id,day,shop,amount\n1,2026-11-01,a,10.5\n2,2026-11-02,b,20\n3,2026-11-02,a,12\n",
      );
      writeFile(enterprise, "shops.csv", "name,city\na,Hangzhou\nb,Ningbo\n");
      const editor = await tokenOf(enterprise, "editor");
      return { enterprise, editor, administrator: await tokenOf(enterprise, "administrator") };
    },
    create: (token: string, text = textOf(), name = "shops") => ask<Saved>("POST", "", { token, body: { name, text } }),
    save: (token: string, revision: number, text: string, more: object = {}) =>
      ask<Saved>("POST", "/shops", { token, body: { text, revision, ...more } }),
    check: async (token: string, text: string): Promise<DatasetProblem[]> => {
      const path = "/api/dataset-checks";
      const answer = await request<{ problems: DatasetProblem[] }>(world.server.url, "POST", path, {
        token,
        body: { text },
      });
      return answer.body.problems;
    },
  };
}
