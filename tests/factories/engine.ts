import type { Connection } from "../../server/analytics/source/driver";

/** A real engine that a test started, with the schema `sales` and two users in it. */
export interface TestEngine {
  name: string;
  /** As its owner. */
  run(sql: string): Promise<void>;
  /** As the user that may only read, unless told otherwise. */
  connection(changes?: Partial<Connection>): Connection;
  stop(): Promise<void>;
}

export const READER = { user: "reader", password: "rd-9f2c!x'y" };
export const WRITER = { user: "writer", password: "wr-71aa" };
