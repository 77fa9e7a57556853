import type { z } from "zod";
import { DatasetModel } from "../../../core/contract/dataset/dataset";
import type {
  DatasetFields,
  DatasetPreview,
  DatasetProblem,
  datasetRoutes,
  DatasetSummary,
} from "../../../core/contract/dataset/edit";
import { DatasetName, type DataSourceId, type EnterpriseId, type UserId } from "../../../core/contract/id";
import { CardQuery, type CardData } from "../../../core/contract/report/query";
import { isSqlSource } from "../../../core/contract/dataset/semantic-model";
import type { Analytics } from "../../analytics/analytics";
import type { Asker } from "../../analytics/query/asker";
import { insertAuditEntry, type AuditEntry } from "../../database/access/audit-entry";
import { dataFiles } from "../../database/source/data-file";
import { dataSources } from "../../database/source/data-source";
import { datasets } from "../../database/dataset/dataset";
import type { Db } from "../../database/tables";
import { AppError } from "../../errors";
import type { Vault } from "../../vault";
import { checkText } from "./check";
import { proposedText, type Proposed } from "./proposal";
import { fieldsSeen } from "./fields";
import { policyNames } from "./policy-names";
import { administers, askerOf, readerOf, requireEditor, type Actor } from "../access/policy";
import type { Session } from "../access/signed-in";
import { askerAs } from "../report/view-as";

export interface DatasetParts {
  db: Db;
  vault: Vault;
  engine: Pick<Analytics, "open" | "run">;
  /** The next request of this node must not race the notification. */
  changed: (enterpriseId: EnterpriseId) => void;
  now: () => number;
}

type Saved = z.input<(typeof datasetRoutes)["save"]["reply"]>;
type Stored = NonNullable<Awaited<ReturnType<ReturnType<typeof datasets>["find"]>>>;

/** What somebody wants to save. */
interface Wanted {
  name: DatasetName;
  text: string;
  /** The revision that they have read; null for a new dataset. */
  read: number | null;
  /** Also where the source cannot be reached. */
  unchecked: boolean;
  restoredFrom?: number;
}

/** Stores a checked model under its name inside the enterprise, for scripts. Throws zod's error for a model that is not one. */
export async function saveDataset(
  db: Db,
  input: { enterpriseId: EnterpriseId; name: string; model: z.input<typeof DatasetModel> },
): Promise<void> {
  const model = DatasetModel.parse(input.model);
  const text = `${JSON.stringify(input.model, null, 2)}\n`;
  const revision = { text, model, unchecked: false, restoredFrom: null, createdBy: null };
  await db
    .transaction()
    .execute((trx) => datasets(trx, input.enterpriseId).put(DatasetName.parse(input.name), revision));
}

/** Datasets of the enterprise that a session acts in; for its editors and administrators only. */
export function createDatasets(parts: DatasetParts) {
  const { db, vault, engine, now } = parts;
  const open = (session: Session): { actor: Actor; own: ReturnType<typeof datasets> } => {
    const actor = requireEditor(session, "Only editors and administrators work with datasets.");
    return { actor, own: datasets(db, actor.enterpriseId) };
  };
  const require = async (session: Session, name: DatasetName) => {
    const { actor, own } = open(session);
    const stored = await own.find(name);
    if (!stored) throw notFound();
    return { actor, own, stored };
  };
  const note = (on: Db, actor: Actor, action: AuditEntry["action"], name: DatasetName, detail: AuditEntry["detail"]) =>
    insertAuditEntry(
      on,
      { enterpriseId: actor.enterpriseId, actorId: actor.userId, action, subject: name, ...(detail ? { detail } : {}) },
      new Date(now()),
    );
  const hasDataSource = async ({ enterpriseId }: Actor, id: DataSourceId): Promise<boolean> =>
    (await dataSources(db, vault, enterpriseId).find(id)) !== null;
  const check = (actor: Actor, text: string, before: DatasetModel | null, signal: AbortSignal) =>
    checkText(
      { engine, hasDataSource: (id) => hasDataSource(actor, id) },
      { enterpriseId: actor.enterpriseId, text, before, administers: administers(actor) },
      signal,
    );

  const save = async (
    actor: Actor,
    wanted: Wanted,
    before: DatasetModel | null,
    signal: AbortSignal,
  ): Promise<Saved> => {
    const { name, text, read, restoredFrom = null } = wanted;
    const { model, problems, unreached } = await check(actor, text, before, signal);
    const unchecked = unreached && wanted.unchecked;
    const kept = unchecked ? problems.map(asWarning) : problems;
    if (!model || kept.some(({ severity }) => severity === "error")) throw refusal(kept);
    const next = { text, model, unchecked, restoredFrom, createdBy: actor.userId };
    const revision = await db.transaction().execute(async (trx) => {
      const own = datasets(trx, actor.enterpriseId);
      const made = read === null ? await created(own.insert(name, next)) : await own.addRevision(name, read, next);
      if (made === undefined) throw changedMeanwhile();
      const action = restoredFrom === null ? (read === null ? "dataset_added" : "dataset_changed") : "dataset_restored";
      await note(trx, actor, action, name, { revision: made, ...(restoredFrom === null ? {} : { restoredFrom }) });
      return made;
    });
    parts.changed(actor.enterpriseId);
    return { revision, unchecked, problems: kept };
  };

  const toFacts = async (actor: Actor, stored: Stored[]) => {
    const uses = await datasets(db, actor.enterpriseId).listUses();
    const sources = await dataSources(db, vault, actor.enterpriseId).list();
    return stored.map((each): z.input<typeof DatasetSummary> => {
      const { dingboard } = DatasetModel.parse(each.model);
      const source = sources.find(({ id }) => id === dingboard.dataSource);
      const kind = dingboard.dataSource === undefined ? "files" : (source?.kind ?? "missing");
      return {
        name: each.name,
        label: dingboard.label,
        source: { kind, name: source?.name ?? null },
        revision: each.revision,
        unchecked: each.unchecked,
        updatedAt: each.at.toISOString(),
        updatedBy: personOf(each),
        reports: uses.filter(({ dataset }) => dataset === each.name).map(({ id, title }) => ({ id, title })),
      };
    });
  };

  return {
    list: async (session: Session) => {
      const { actor, own } = open(session);
      return { datasets: await toFacts(actor, await own.list()) };
    },

    get: async (session: Session, name: DatasetName) => {
      const { actor, stored } = await require(session, name);
      const [facts] = await toFacts(actor, [stored]);
      if (!facts) throw notFound();
      const groups = await policyNames(db, actor.enterpriseId, DatasetModel.parse(stored.model));
      return { ...facts, text: stored.text, groups };
    },

    fields: async (session: Session, name: DatasetName): Promise<DatasetFields> => {
      const { actor, stored } = await require(session, name);
      const dataset = DatasetModel.parse(stored.model);
      const asker = await ownAsker(db, actor);
      return { name, ...fieldsSeen({ enterpriseId: actor.enterpriseId, dataset, asker }) };
    },

    create: (
      session: Session,
      { name, text, unchecked }: { name: DatasetName; text: string; unchecked: boolean },
      signal: AbortSignal,
    ): Promise<Saved> => save(open(session).actor, { name, text, unchecked, read: null }, null, signal),

    /** Throws `dataset_changed` where the revision is not the current one: nothing is lost, theirs can be fetched. */
    save: async (
      session: Session,
      { name, text, revision, unchecked }: { name: DatasetName; text: string; revision: number; unchecked: boolean },
      signal: AbortSignal,
    ): Promise<Saved> => {
      const { actor, stored } = await require(session, name);
      if (stored.revision !== revision) throw changedMeanwhile();
      return save(actor, { name, text, unchecked, read: revision }, DatasetModel.parse(stored.model), signal);
    },

    check: async (
      session: Session,
      { name, text }: { name?: DatasetName | undefined; text: string },
      signal: AbortSignal,
    ): Promise<{ problems: DatasetProblem[] }> => {
      const { actor, own } = open(session);
      const stored = name === undefined ? undefined : await own.find(name);
      const { problems } = await check(actor, text, stored ? DatasetModel.parse(stored.model) : null, signal);
      return { problems };
    },

    propose: async (
      session: Session,
      asked: Omit<Proposed, "known">,
      signal: AbortSignal,
    ): Promise<{ text: string }> => {
      const { actor } = open(session);
      const { source, dataSource } = asked;
      if (isSqlSource(source) && !administers(actor)) {
        throw new AppError("forbidden", "Only administrators read by SQL.");
      }
      if (dataSource !== undefined && !(await hasDataSource(actor, dataSource))) {
        throw new AppError("data_source_not_found", "The enterprise has no such data source.");
      }
      const files = dataSource === undefined ? await dataFiles(db, actor.enterpriseId).list() : [];
      const known = files.find(({ name }) => name === source)?.columns ?? [];
      return { text: await proposedText(engine, actor.enterpriseId, { ...asked, known }, signal) };
    },

    /** Throws `dataset_in_use`, naming them, while reports ask it. */
    remove: async (session: Session, name: DatasetName): Promise<Record<string, never>> => {
      const { actor } = await require(session, name);
      await db.transaction().execute(async (trx) => {
        const own = datasets(trx, actor.enterpriseId);
        const users = (await own.listUses()).filter(({ dataset }) => dataset === name).map(({ title }) => title);
        if (users.length > 0) throw new AppError("dataset_in_use", `These reports use it: ${users.join(", ")}.`);
        if (!(await own.remove(name))) throw notFound();
        await note(trx, actor, "dataset_removed", name, undefined);
      });
      parts.changed(actor.enterpriseId);
      return {};
    },

    revisions: async (session: Session, name: DatasetName) => {
      const { own } = await require(session, name);
      return { revisions: (await own.listRevisions(name)).map(toRevision) };
    },

    revision: async (session: Session, name: DatasetName, revision: number) => {
      const { own } = await require(session, name);
      const found = await own.findRevision(name, revision);
      if (!found) throw new AppError("not_found", "The dataset has no such revision.");
      return { ...toRevision(found), text: found.text };
    },

    /** An earlier text is a change like any other: it is checked, and needs the same rights. */
    restore: async (
      session: Session,
      asked: { name: DatasetName; revision: number; current: number; unchecked: boolean },
      signal: AbortSignal,
    ): Promise<Saved> => {
      const { name, revision, current, unchecked } = asked;
      const { actor, own, stored } = await require(session, name);
      const found = await own.findRevision(name, revision);
      if (!found) throw new AppError("not_found", "The dataset has no such revision.");
      if (stored.revision !== current) throw changedMeanwhile();
      const wanted = { name, text: found.text, unchecked, read: current, restoredFrom: revision };
      return save(actor, wanted, DatasetModel.parse(stored.model), signal);
    },

    preview: async (
      session: Session,
      { name, viewAs, ...wanted }: z.output<typeof DatasetPreview> & { name: DatasetName },
      signal: AbortSignal,
    ): Promise<CardData> => {
      const { actor, stored } = await require(session, name);
      const asker = viewAs === undefined ? await ownAsker(db, actor) : await seenAs(actor, name, viewAs);
      const scope = { enterpriseId: actor.enterpriseId, dataset: DatasetModel.parse(stored.model), asker };
      // A turn of its own: no card and no check of a text waits for it.
      return engine.run(scope, CardQuery.parse({ ...wanted, dataset: name }), { signal, report: `preview/${name}` });
    },
  };

  async function seenAs(actor: Actor, name: DatasetName, viewAs: UserId): Promise<Asker> {
    if (!administers(actor)) throw new AppError("forbidden", "Only administrators look at data as somebody else.");
    const asker = await askerAs(db, actor.enterpriseId, viewAs);
    await note(db, actor, "dataset_viewed_as", name, { userId: viewAs });
    return asker;
  }
}

async function ownAsker(db: Db, actor: Actor): Promise<Asker> {
  return askerOf(db, actor, await readerOf(db, actor));
}

async function created(inserting: Promise<boolean>): Promise<number> {
  if (await inserting) return 1;
  throw new AppError("name_taken", "Another dataset has this name.");
}

function asWarning(problem: DatasetProblem): DatasetProblem {
  return problem.code === "source_unreachable" ? { ...problem, severity: "warning" } : problem;
}

/** `forbidden` where a right is missing and nothing else is wrong. */
function refusal(problems: DatasetProblem[]): AppError {
  const errors = problems.filter(({ severity }) => severity === "error");
  const lines = errors.map(({ line, message }) => `Line ${line}: ${message}`).slice(0, 20);
  const code = errors.every((each) => each.code === "administrator_only") ? "forbidden" : "dataset_invalid";
  return new AppError(code, lines.join("\n"), { problems });
}

function changedMeanwhile(): AppError {
  return new AppError("dataset_changed", "Somebody else has saved the dataset since it was read.");
}

function notFound(): AppError {
  return new AppError("dataset_not_found", "The enterprise has no such dataset.");
}

function personOf({ byId, byName }: { byId: UserId | null; byName: string | null }) {
  return byId === null || byName === null ? null : { id: byId, name: byName };
}

function toRevision(row: Awaited<ReturnType<ReturnType<typeof datasets>["listRevisions"]>>[number]) {
  const { revision, at, unchecked, restoredFrom } = row;
  return { revision, at: at.toISOString(), unchecked, restoredFrom, by: personOf(row) };
}
