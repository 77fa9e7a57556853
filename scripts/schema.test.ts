import { readFile, readdir } from "node:fs/promises";
import { schemaDocuments } from "./schema-documents";

it("the published JSON Schemas are what the contract says now (npm run schema)", async () => {
  const documents = schemaDocuments();
  expect((await readdir("docs/schema")).sort()).toEqual([...documents.keys()].sort());
  for (const [name, text] of documents) {
    expect({ name, text: await readFile(`docs/schema/${name}`, "utf8") }).toEqual({ name, text });
  }
});
