import type { UploadProblem } from "../../../../core/contract/source/upload";

/** The file itself is not one that can be read so; people are told why. */
export class FileFault extends Error {
  override readonly name = "FileFault";

  constructor(
    readonly code: UploadProblem["code"],
    readonly line: number | null = null,
  ) {
    super(code);
  }
}
