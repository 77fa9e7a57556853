import type { Migration } from "kysely";
import { createTestDatabase } from "../../tests/factories/database";
import { migrate, MIGRATIONS } from "./migrate";

jest.setTimeout(60_000);

let database: Awaited<ReturnType<typeof createTestDatabase>>;

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

it("lets several servers migrate one empty database at once", async () => {
  const done = await Promise.all(Array.from({ length: 5 }, () => migrate(database.url)));

  expect(done.flat()).toEqual(Object.keys(MIGRATIONS));
  const names = await database.query("select name from kysely_migration");
  expect(names.map((row) => row["name"])).toEqual(Object.keys(MIGRATIONS));
});

it("does nothing to a database that is up to date", async () => {
  await migrate(database.url);

  expect(await migrate(database.url)).toEqual([]);
});

it("refuses a database that newer code has migrated, and names what it does not know", async () => {
  const later: Migration = { up: () => Promise.resolve() };
  await migrate(database.url, { ...MIGRATIONS, "2099-01-01T00-00-00_later": later });

  await expect(migrate(database.url)).rejects.toThrow(/newer than this version.*2099-01-01T00-00-00_later/);
});

it("changes nothing when a migration fails", async () => {
  const broken: Migration = {
    up: async (db) => {
      await db.schema.createTable("half").execute();
      throw new Error("broken on the way");
    },
  };
  await migrate(database.url);

  await expect(migrate(database.url, { ...MIGRATIONS, "2099-01-01T00-00-00_broken": broken })).rejects.toThrow(
    "broken",
  );

  expect(await database.query("select to_regclass('half') as half")).toEqual([{ half: null }]);
  expect(await migrate(database.url)).toEqual([]);
});

it("names migrations so that they sort by their time", () => {
  expect(Object.keys(MIGRATIONS)).toEqual(Object.keys(MIGRATIONS).sort());
  for (const name of Object.keys(MIGRATIONS)) expect(name).toMatch(/^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d_[a-z_]+$/);
});
