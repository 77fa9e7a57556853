import { randomUUID } from "node:crypto";
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { LRUCache } from "lru-cache";
import { z } from "zod";
import type { TableSpec } from "../engine/protocol";
import { tableOf } from "../query/table-name";
import { QueryError } from "../query-error";
import { takeLock } from "./lock-file";
import { findSourceFiles, namesFile } from "./source-files";

/**
 * Which file is an enterprise's database, of which state of which sources it was made, since when the data of those is as
 * it is whose files say so, and when their files were read.
 */
const Current = z.object({
  file: z.string(),
  sources: z.record(z.string(), z.string()),
  asOf: z.record(z.string(), z.string()).default({}),
  readAt: z.record(z.string(), z.string()).default({}),
});
type Current = z.infer<typeof Current>;

/** A database file that never changes any more, and which state of a source's files its rows show. */
export interface BuiltDatabase {
  file: string;
  version: string;
  /** Since when the data is as it is, in ms, the oldest of it; null where it is that of the files as they are now. */
  asOf: number | null;
}

export interface DatabaseStoreParts {
  /** Each enterprise's own files are in a folder named by its id. */
  filesDir: string;
  /** Built databases, one folder an enterprise. */
  databaseDir: string;
  /** Answers since when each table's data is as it is, where its files say so. */
  build(file: string, tables: TableSpec[]): Promise<(string | null)[]>;
  /** So long a query waits for files that changed; then the database before answers it, and says from when it is. */
  patienceMs: number;
  /** The file is replaced: nobody should ask it any more. */
  retired(file: string): void;
  now(): number;
  log: { info(details: object, message: string): void; warn(details: object, message: string): void };
}

/** After a failed build the same files are not tried again for this long. */
const RETRY_MS = 30_000;

/**
 * The databases made of the enterprises' files. A change of files is noticed at the next query, which waits until the next
 * database is built beside the one there is and put in its place by renaming one pointer file; where that takes long, it
 * is answered from the one before, unless this process was told of the change. Several processes may share the folder: a lock file lets one build.
 */
export class DatabaseStore {
  private readonly builds = new Map<string, Promise<void>>();
  private readonly pointers = new LRUCache<string, { state: string; current: Current }>({ max: 1_000 });
  /** Sources whose files were put in place by this process: nobody is answered from older ones any more. */
  private readonly told = new Set<string>();
  private readonly failures = new Map<string, { fingerprint: string; at: number; error: unknown }>();

  constructor(private readonly parts: DatabaseStoreParts) {}

  /** The database that holds the source's rows. `fresh`: waits until it shows the files as they are now. */
  async fileFor(enterpriseId: string, source: string, fresh = false): Promise<BuiltDatabase> {
    const [{ fingerprint, files }, current] = await Promise.all([
      findSourceFiles(this.enterpriseDir(enterpriseId), source),
      this.current(enterpriseId),
    ]);
    if (files.length === 0) {
      const fault = { reason: "no_file" as const, names: [source] };
      throw new QueryError("query_failed", `There is no file "${source}" yet.`, undefined, fault);
    }
    const known = current?.sources[source];
    if (current && known === fingerprint) return this.builtOf(enterpriseId, current, source);
    const building = this.buildOnce(enterpriseId, source, fingerprint);
    const older = fresh || known === undefined ? null : current;
    if (older && !(await this.isBuiltInTime(building, keyOf(enterpriseId, source)))) {
      return this.olderOf(enterpriseId, older, source);
    }
    await building;
    const built = await this.current(enterpriseId);
    if (!built) throw new QueryError("query_failed", `The file "${source}" could not be read.`);
    return this.builtOf(enterpriseId, built, source);
  }

  /** A file was put in its place, or taken away: the next answer shows it. */
  async changed(enterpriseId: string, file: string): Promise<void> {
    const { sources = {} } = (await this.current(enterpriseId)) ?? {};
    for (const source of Object.keys(sources)) {
      if (!namesFile(source, file)) continue;
      this.told.add(keyOf(enterpriseId, source));
      this.fileFor(enterpriseId, source).catch(() => undefined); // told to whoever asks
    }
  }

  /** The database that holds the rows of all these sources: each build takes over what the one before it held. */
  async fileForAll(enterpriseId: string, sources: readonly string[], fresh = false): Promise<BuiltDatabase> {
    const built: BuiltDatabase[] = [];
    for (const source of sources) built.push(await this.fileFor(enterpriseId, source, fresh));
    const last = built.at(-1);
    if (!last) {
      throw new QueryError("input_invalid", "The model has no source.", undefined, { reason: "no_source", names: [] });
    }
    const moments = built.flatMap(({ asOf }) => (asOf === null ? [] : [asOf]));
    const asOf = moments.length > 0 ? Math.min(...moments) : null;
    return { ...last, version: built.map(({ version }) => version).join(","), asOf };
  }

  /** Resolves when no build is under way. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.builds.values());
  }

  private buildOnce(enterpriseId: string, source: string, fingerprint: string): Promise<void> {
    const key = keyOf(enterpriseId, source);
    const failed = this.failures.get(key);
    if (failed && failed.fingerprint === fingerprint && this.parts.now() - failed.at < RETRY_MS) {
      return Promise.reject(failed.error);
    }
    const underWay = this.builds.get(key);
    if (underWay) return underWay;
    const building = this.rebuild(enterpriseId, source)
      .then(() => void this.told.delete(key))
      .catch((cause: unknown) => {
        const error =
          cause instanceof QueryError
            ? cause
            : new QueryError("query_failed", `The file "${source}" could not be read.`, cause);
        this.parts.log.warn({ enterpriseId, source, err: cause }, "A build failed");
        this.failures.set(key, { fingerprint, at: this.parts.now(), error });
        throw error;
      })
      .finally(() => this.builds.delete(key));
    this.builds.set(key, building);
    return building;
  }

  private async rebuild(enterpriseId: string, source: string): Promise<void> {
    const folder = join(this.parts.databaseDir, enterpriseId);
    await mkdir(folder, { recursive: true });
    const release = await takeLock(join(folder, "lock"));
    try {
      await this.buildLocked(enterpriseId, source, folder);
    } finally {
      await release();
    }
  }

  private async buildLocked(enterpriseId: string, source: string, folder: string): Promise<void> {
    const current = await this.current(enterpriseId);
    const { tables, sources } = await this.planBuild(enterpriseId, source, current);
    // Another process may have built it while this one waited for the lock.
    if (current && current.sources[source] === sources[source]) return;
    const started = this.parts.now();
    await removeOthers(folder, [current?.file]);
    const file = `data-${randomUUID()}.duckdb`;
    let moments: (string | null)[];
    try {
      moments = await this.parts.build(join(folder, file), tables);
    } catch (error) {
      await removeOthers(folder, [current?.file]);
      throw error;
    }
    const asOf = Object.fromEntries(
      Object.keys(sources).flatMap((each, index) => {
        const spec = tables[index];
        const moment = spec && "copyFrom" in spec ? current?.asOf[each] : moments[index];
        return moment ? [[each, moment]] : [];
      }),
    );
    const read = new Date(started).toISOString();
    const readAt = Object.fromEntries(
      Object.keys(sources).map((each, index) => {
        const spec = tables[index];
        return [each, (spec && "copyFrom" in spec && current?.readAt[each]) || read];
      }),
    );
    await swapPointer(folder, { file, sources, asOf, readAt });
    this.parts.log.info({ enterpriseId, source, ms: this.parts.now() - started }, "A database was built");
    // The one before stays until the next build: another process may be about to open it.
    if (current) this.parts.retired(join(folder, current.file));
  }

  /** The source is read from its files, and so is any other that changed meanwhile; the rest is copied over. */
  private async planBuild(
    enterpriseId: string,
    source: string,
    current: Current | null,
  ): Promise<{ tables: TableSpec[]; sources: Record<string, string> }> {
    const tables: TableSpec[] = [];
    const sources: Record<string, string> = {};
    for (const each of new Set([...Object.keys(current?.sources ?? {}), source])) {
      const { files, format, fingerprint } = await findSourceFiles(this.enterpriseDir(enterpriseId), each);
      if (files.length === 0) continue;
      const table = tableOf(each);
      const unchanged = current && current.sources[each] === fingerprint;
      sources[each] = fingerprint;
      tables.push(unchanged ? { table, copyFrom: this.pathOf(enterpriseId, current.file) } : { table, format, files });
    }
    return { tables, sources };
  }

  /** A pointer that has not been put anew is not read again. */
  private async current(enterpriseId: string): Promise<Current | null> {
    const path = this.pathOf(enterpriseId, "current.json");
    try {
      const { ino, mtimeMs, size } = await stat(path);
      const state = `${ino} ${mtimeMs} ${size}`;
      const known = this.pointers.get(path);
      if (known?.state === state) return known.current;
      const current = Current.parse(JSON.parse(await readFile(path, "utf8")));
      this.pointers.set(path, { state, current });
      return current;
    } catch {
      // Absent before the first build; if it was damaged, the next build writes another.
      return null;
    }
  }

  /** The fingerprint covers the files' paths and so the enterprise. */
  private builtOf(enterpriseId: string, current: Current, source: string): BuiltDatabase {
    const asOf = current.asOf[source];
    return {
      file: this.pathOf(enterpriseId, current.file),
      version: current.sources[source] ?? current.file,
      asOf: asOf === undefined ? null : Date.parse(asOf),
    };
  }

  private async isBuiltInTime(building: Promise<void>, key: string): Promise<boolean> {
    const ms = this.told.has(key) ? null : this.parts.patienceMs;
    // Logged where it failed; the database before goes on answering.
    return endsWithin(building, ms).catch(() => false);
  }

  /** Its files have changed since: the data is that of the moment at which they were read. */
  private olderOf(enterpriseId: string, current: Current, source: string): BuiltDatabase {
    const built = this.builtOf(enterpriseId, current, source);
    const readAt = current.readAt[source];
    return { ...built, asOf: built.asOf ?? (readAt === undefined ? 0 : Date.parse(readAt)) };
  }

  private enterpriseDir(enterpriseId: string): string {
    return join(this.parts.filesDir, enterpriseId);
  }

  private pathOf(enterpriseId: string, file: string): string {
    return join(this.parts.databaseDir, enterpriseId, file);
  }
}

const keyOf = (enterpriseId: string, source: string): string => `${enterpriseId}/${source}`;

/** Whether it ends within so many ms; null: it is waited for. */
async function endsWithin(work: Promise<void>, ms: number | null): Promise<boolean> {
  if (ms === null) return work.then(() => true);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms).unref();
  });
  return Promise.race([work.then(() => true), late]).finally(() => clearTimeout(timer));
}

async function swapPointer(folder: string, current: Current): Promise<void> {
  const draft = join(folder, `current-${randomUUID()}.json`);
  await writeFile(draft, JSON.stringify(current));
  await rename(draft, join(folder, "current.json"));
}

/** Takes away databases that are not in use, also what a killed build left behind. */
async function removeOthers(folder: string, keep: (string | undefined)[]): Promise<void> {
  const names = (await readdir(folder)).filter(
    (name) => name.startsWith("data-") && !keep.includes(name.replace(/\.wal$/, "")),
  );
  await Promise.all(names.map((name) => rm(join(folder, name), { force: true })));
}
