import { createTestDatabase } from "../../tests/factories/database";
import { waitFor } from "../../tests/factories/office";
import { migrateJobs } from "../database/job";
import { createLog } from "../log";
import { startWorker } from "./worker";

jest.setTimeout(60_000); // the database comes and goes, and machines may be busy

it("jobs that fail while the database is away end no process, and others are worked off when it is back", async () => {
  const database = await createTestDatabase();
  await migrateJobs(database.url);
  const unheard: unknown[] = [];
  const hear = (error: unknown): void => void unheard.push(error);
  process.on("unhandledRejection", hear);
  const workerUrl = `${database.url}${database.url.includes("?") ? "&" : "?"}application_name=the-worker`;
  const add = (task: string) => database.query("select graphile_worker.add_job($1, payload := '{}')", [task]);
  const away = async (): Promise<void> => {
    await database.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'the-worker'",
    );
  };
  let began = 0;
  let done = 0;
  const worker = await startWorker({
    url: workerUrl,
    log: createLog("silent"),
    cron: [],
    tasks: {
      fails: async () => {
        began += 1;
        await away();
        throw new Error("It failed as the database went.");
      },
      works: () => {
        done += 1;
        return Promise.resolve();
      },
    },
  });
  try {
    for (let round = 1; round <= 3; round++) {
      await add("fails");
      await waitFor(
        () => Promise.resolve(began),
        (count) => count >= round,
      );
    }
    await add("works");

    expect(
      await waitFor(
        () => Promise.resolve(done),
        (count) => count > 0,
      ),
    ).toBeGreaterThan(0);
    expect(unheard).toEqual([]);
  } finally {
    await worker.stop();
    process.off("unhandledRejection", hear);
    await database.drop();
  }
});
