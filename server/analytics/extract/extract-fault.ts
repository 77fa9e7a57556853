import type { ExtractFaultCode } from "../../../core/contract/source/extract";

/** Why a table could not be copied, beside what is wrong with its source. */
export class ExtractFault extends Error {
  override readonly name = "ExtractFault";

  constructor(
    readonly fault: ExtractFaultCode,
    /** What it is about: columns. */
    readonly about: string | null = null,
    options?: ErrorOptions,
  ) {
    super(about === null ? fault : `${fault}: ${about}`, options);
  }
}
