import { z } from "zod";
import { DatasetName } from "../id";
import { route } from "../route";
import { Understanding } from "./column";
import { DataType, FileSource } from "../dataset/semantic-model";

/** Extracts of data sources live there; they come and go with their schedule. */
const EXTRACTS = /^extracts\//i;
const DEEPEST = 4;

/** What a file system takes for one name, in bytes. */
const LONGEST = 255;

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** One file of an enterprise, as a dataset's source names it: `sales.parquet`, `sales/2026-11.parquet`. */
export const StoredFileName = FileSource.max(200)
  .refine((name) => !name.includes("*"), { message: "A file's name holds no *." })
  .refine((name) => name.split("/").every((part) => bytesOf(part) <= LONGEST), {
    message: `A file's name has ${LONGEST} bytes at most: about 80 Chinese characters.`,
  });

/** What an imported file may be called: Parquet, at most three folders deep, none of them the extracts'. */
export const DataFileName = StoredFileName.refine(
  (name) => name.endsWith(".parquet") && !EXTRACTS.test(name) && name.split("/").length <= DEEPEST,
  { message: "A file's name ends with .parquet, is at most three folders deep, and none of them is `extracts`." },
);

/** The name that a file of somebody's computer gets here: what the rules do not allow becomes `_`. */
export function suggestFileName(fileName: string): string {
  const stem = fileName.replace(/\.[^.]*$/, "").normalize("NFC");
  const plain = stem.replace(/[^\p{L}\p{N}._-]+/gu, "_").replace(/^[._]+|[._]+$/g, "");
  return `${shortened(plain) || "data"}.parquet`;
}

/** At most 100 characters, none of them halved, with room for the ending. */
function shortened(stem: string): string {
  let short = "";
  for (const character of [...stem].slice(0, 100)) {
    if (bytesOf(short + character) > LONGEST - ".parquet".length) break;
    short += character;
  }
  return short;
}

/** A column of a file; what it was understood to be when it was imported. */
export const FileColumn = z.object({
  name: z.string(),
  type: DataType,
  understood: Understanding.nullable().optional(),
});
export type FileColumn = z.infer<typeof FileColumn>;

/** A file as editors see it. What nobody imported here (put into the folder by an operator) has no columns. */
export const DataFile = z.object({
  name: StoredFileName,
  size: z.number().int(),
  updatedAt: z.iso.datetime(),
  updatedBy: z.string().nullable(),
  rows: z.number().int().nullable(),
  columns: z.array(FileColumn).nullable(),
  /** Datasets that are read from it. */
  usedBy: z.array(DatasetName),
});
export type DataFile = z.infer<typeof DataFile>;

/** Files of the chosen enterprise, for its editors and administrators. How they arrive: `upload.ts`. */
export const fileRoutes = {
  list: route({
    method: "GET",
    path: "/api/files",
    summary: "Files of the enterprise that datasets can be read from",
    access: "session",
    reply: z.object({ files: z.array(DataFile) }),
  }),
  remove: route({
    method: "POST",
    path: "/api/files/remove",
    summary: "Removes a file that no dataset is read from",
    access: "session",
    body: z.strictObject({ name: StoredFileName }),
    reply: z.object({}),
  }),
};
