import type { Embedded } from "../server/database/embedded/supervisor";

/** The database of this test run and the folder of its bundle, handed from the set-up to the tear-down (jest loads them as separate modules). */
export interface RunningDatabase {
  embedded: Embedded;
  dataDir: string;
  bundleDir: string;
}

const holder = globalThis as typeof globalThis & { dingboardTestDatabase?: RunningDatabase };

export function keepRunning(database: RunningDatabase): void {
  holder.dingboardTestDatabase = database;
}

export function takeRunning(): RunningDatabase | undefined {
  return holder.dingboardTestDatabase;
}
