import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { schemaDocuments } from "./schema-documents";

/** `npm run schema`: writes docs/schema/ from the contract. A unit test fails while the files there are older. */
async function main(): Promise<void> {
  const folder = "docs/schema";
  await mkdir(folder, { recursive: true });
  for (const [name, text] of schemaDocuments()) {
    await writeFile(join(folder, name), text);
    console.log(`Wrote ${join(folder, name)}`);
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
