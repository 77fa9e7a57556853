import type { Connection } from "../../../server/analytics/source/driver";

/** A real engine that a test started, with the schema `sales` and two users in it. */
export interface TestEngine {
  name: string;
  /** As its owner. */
  run(sql: string): Promise<void>;
  /** What its owner is answered, row by row. */
  rows(sql: string): Promise<unknown[][]>;
  /** As the user that may only read, unless told otherwise. */
  connection(changes?: Partial<Connection>): Connection;
  stop(): Promise<void>;
}

/** May do everything that the engine can do: only we stand between a question and that. */
export const MIGHTY = { user: "mighty", password: "mg-55e0" };
export const READER = { user: "reader", password: "rd-9f2c!x'y" };
export const WRITER = { user: "writer", password: "wr-71aa" };
