import { rm } from "node:fs/promises";
import type { Inspection, UploadProblem } from "../../../../core/contract/source/upload";
import type { InspectJob } from "../protocol";
import { inScratchDatabase } from "../scratch-database";
import { inspectCsv } from "./csv";
import { FileFault } from "./fault";
import { kindOf } from "./kind";
import { inspectParquet } from "./parquet";
import { plainText } from "./text";

/** What was found in the file, or what keeps it from being read. */
export type InspectionOutcome = { inspection: Inspection } | { problem: UploadProblem };

/** Reads an uploaded file; what a CSV file holds is written to `into` as Parquet. Throws what is no fault of the file. */
export async function inspectFile(job: InspectJob): Promise<InspectionOutcome> {
  try {
    return { inspection: await inspect(job) };
  } catch (error) {
    await rm(job.into, { force: true });
    if (error instanceof FileFault) return { problem: { code: error.code, line: error.line } };
    if (error instanceof Error && /ENOSPC|No space left on device/i.test(error.message)) {
      return { problem: { code: "disk_full", line: null } };
    }
    throw error;
  }
}

async function inspect({ file, fileName, into, settings, ...limits }: InspectJob): Promise<Inspection> {
  const kind = await kindOf(file, fileName);
  const copy = `${into}.txt`;
  try {
    const text = kind.format === "csv" ? await plainText(file, settings.encoding ?? kind.encoding, copy) : null;
    return await inScratchDatabase({ ...limits, ordered: true }, (connection) =>
      text ? inspectCsv(connection, text, settings, into) : inspectParquet(connection, file),
    );
  } finally {
    await Promise.all([copy, `${into}.rows`].map((each) => rm(each, { force: true })));
  }
}
