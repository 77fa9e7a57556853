import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { loadDemo, type DemoSeed } from "../desk/demo/enterprise";
import { digestOf } from "./stamp";

/** `everyone`, or `department:<name>` with everything below it. */
const Grantee = z.string().regex(/^(everyone|department:.+)$/);

/** Which organisation of the demo has which reports, and who may see or edit them. */
const Grants = z.record(
  z.string(),
  z.record(
    z.string(),
    z.object({
      view: z.array(Grantee),
      edit: z.array(Grantee),
      /** The names of the folders that lead to it, from the top. */
      folder: z.array(z.string()).default([]),
    }),
  ),
);

export interface DemoContent {
  seed: DemoSeed;
  grants: z.infer<typeof Grants>;
  /** Changes with anything that is loaded, and with how it is loaded. */
  digest: string;
  readReport(name: string): unknown;
  readDataset(name: string): unknown;
}

/** Reads what the demo consists of, from the repository. */
export function readDemoContent(rootDir: string): DemoContent {
  const folder = join(rootDir, "scripts/demo");
  const seedFile = join(rootDir, "desk/demo/enterprise.json");
  const read = (...path: string[]): unknown => JSON.parse(readFileSync(join(folder, ...path), "utf8"));
  return {
    seed: loadDemo(seedFile),
    grants: Grants.parse(read("grants.json")),
    digest: digestOf([folder], [seedFile, join(rootDir, "scripts/demo.ts")], null),
    readReport: (name) => read("reports", `${name}.json`),
    readDataset: (name) => read("datasets", `${name}.json`),
  };
}
