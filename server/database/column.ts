import type { ColumnType } from "kysely";

/** Written as text, read as what it says. */
export type Json = ColumnType<unknown, string, string>;
export type Time = ColumnType<Date, Date, Date>;
/** The moment of the insertion unless another one is given. */
export type Now = ColumnType<Date, Date | undefined, Date>;
