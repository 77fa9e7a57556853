import type { datasetRoutes, DatasetFields } from "../../core/contract/dataset/edit";
import type { CardData } from "../../core/contract/report/query";
import type { Body, Reply } from "./reply";
import type { Caller } from "./transport";

type Routes = typeof datasetRoutes;

export type DatasetItem = Reply<Routes["list"]>["datasets"][number];
export type DatasetText = Reply<Routes["get"]>;
export type SavedDataset = Reply<Routes["save"]>;
export type RevisionItem = Reply<Routes["revisions"]>["revisions"][number];
export type RevisionText = Reply<Routes["revision"]>;
export type Problem = Reply<Routes["check"]>["problems"][number];

const datasetPath = (name: string, rest = ""): string => `/api/datasets/${encodeURIComponent(name)}${rest}`;

/** The datasets of the session's enterprise. Fails with `forbidden` for viewers, as all of these do. */
export async function listDatasets(call: Caller): Promise<DatasetItem[]> {
  return ((await call({ method: "GET", path: "/api/datasets" })) as Reply<Routes["list"]>).datasets;
}

export async function getDataset(call: Caller, name: string): Promise<DatasetText> {
  return (await call({ method: "GET", path: datasetPath(name) })) as DatasetText;
}

/** Fails with `name_taken`, or as `saveDataset` does. */
export async function createDataset(call: Caller, body: Body<Routes["create"]>): Promise<SavedDataset> {
  return (await call({ method: "POST", path: "/api/datasets", body })) as SavedDataset;
}

/** What this person can ask of a dataset. */
export async function getFields(call: Caller, name: string): Promise<DatasetFields> {
  return (await call({ method: "GET", path: datasetPath(name, "/fields") })) as DatasetFields;
}

/**
 * Saves a text behind the revision that was read. Fails with `dataset_changed` where somebody else was faster; with
 * `dataset_invalid` or `forbidden` and the problems where the text has errors.
 */
export async function saveDataset(call: Caller, name: string, body: Body<Routes["save"]>): Promise<SavedDataset> {
  return (await call({ method: "POST", path: datasetPath(name), body })) as SavedDataset;
}

/** What is wrong with a text; `name` says which dataset it would be. */
export async function checkDataset(call: Caller, body: Body<Routes["check"]>): Promise<Problem[]> {
  return ((await call({ method: "POST", path: "/api/dataset-checks", body })) as Reply<Routes["check"]>).problems;
}

/** A text to begin with, by the columns of a file or a table. */
export async function proposeDataset(call: Caller, body: Body<Routes["propose"]>): Promise<string> {
  return ((await call({ method: "POST", path: "/api/dataset-proposals", body })) as Reply<Routes["propose"]>).text;
}

/** Fails with `dataset_in_use` while reports ask it. */
export async function removeDataset(call: Caller, name: string): Promise<void> {
  await call({ method: "POST", path: datasetPath(name, "/remove") });
}

export async function listRevisions(call: Caller, name: string): Promise<RevisionItem[]> {
  const reply = await call({ method: "GET", path: datasetPath(name, "/revisions") });
  return (reply as Reply<Routes["revisions"]>).revisions;
}

export async function getRevision(call: Caller, name: string, revision: number): Promise<RevisionText> {
  return (await call({ method: "GET", path: datasetPath(name, `/revisions/${revision}`) })) as RevisionText;
}

/** Fails as `saveDataset` does. */
export async function restoreRevision(
  call: Caller,
  name: string,
  revision: number,
  body: Body<Routes["restore"]>,
): Promise<SavedDataset> {
  return (await call({
    method: "POST",
    path: datasetPath(name, `/revisions/${revision}/restore`),
    body,
  })) as SavedDataset;
}

/** A few rows, as oneself or as somebody else sees them. */
export async function previewDataset(call: Caller, name: string, body: Body<Routes["preview"]>): Promise<CardData> {
  return (await call({ method: "POST", path: datasetPath(name, "/preview"), body })) as CardData;
}
