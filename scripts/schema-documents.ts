import { z } from "zod";
import { DatasetModel } from "../core/contract/dataset/dataset";
import { CardQuery } from "../core/contract/report/query";
import { ReportSpec } from "../core/contract/report/report";

/** What is published: the documents that people write. Rules between parts of a document are checked by the server only. */
const PUBLISHED = {
  report: { schema: ReportSpec, title: "Dingboard report" },
  dataset: { schema: DatasetModel, title: "Dingboard dataset" },
  query: { schema: CardQuery, title: "Dingboard card query" },
};

/** The JSON Schema (2020-12) of each published document by file name, as `docs/schema/` holds it. */
export function schemaDocuments(): Map<string, string> {
  const documents = new Map<string, string>();
  for (const [name, { schema, title }] of Object.entries(PUBLISHED)) {
    // What an author may write: fields with a default may be left out.
    const json = { title, ...z.toJSONSchema(schema, { target: "draft-2020-12", io: "input" }) };
    documents.set(`${name}.json`, `${JSON.stringify(json, null, 2)}\n`);
  }
  return documents;
}
