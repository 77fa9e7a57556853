import type { DayFormat } from "../../../core/contract/source/upload";
import type { NumberWriting } from "./number";

/** How the texts of a column become values. */
export type Reading =
  | { type: "String"; unwrap: "" | "formula" | "tab" }
  | { type: "Integer" | "Decimal" | "Float"; writing: NumberWriting }
  | { type: "Boolean"; yes: string[]; no: string[] }
  | { type: "Time" }
  | { type: "Date" | "DateTime" | "DateTimeTz"; format: DayFormat; zone: string };
