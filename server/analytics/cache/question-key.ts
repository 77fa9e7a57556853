import { createHash } from "node:crypto";
import type { DatasetModel } from "../../../core/contract/dataset/dataset";
import type { EnterpriseId } from "../../../core/contract/id";
import type { CardQuery } from "../../../core/contract/report/query";
import type { Asker } from "../query/asker";
import { needsToday } from "../query/build-plan";
import { dayIn } from "../query/calendar";
import { policyKey } from "../query/policy";

/** A query of an enterprise's dataset with what can be known of its key beforehand. Made once, asked many times. */
export interface KnownQuestion {
  enterpriseId: EnterpriseId;
  dataset: DatasetModel;
  query: CardQuery;
  /** All that never changes of the key: enterprise, model and query. */
  prefix: string;
  /** Enterprise and model: what the data's version hangs on. */
  source: string;
  hasPolicy: boolean;
  /** Whether the answer may be another one tomorrow. A policy may speak of days too. */
  movesWithDay: boolean;
  /** Keys made lately, by the part that the person decides: the same text need not be put together and hashed again. */
  keys: Map<string, { version: string; day: string; key: string }>;
}

const hashes = new WeakMap<DatasetModel, string>();

export function knownQuestion(enterpriseId: EnterpriseId, dataset: DatasetModel, query: CardQuery): KnownQuestion {
  const model = hashes.get(dataset) ?? hash(JSON.stringify(dataset));
  hashes.set(dataset, model);
  const source = `${enterpriseId}/${model}`;
  const hasPolicy = (dataset.dingboard.access_policy ?? []).length > 0;
  return {
    enterpriseId,
    dataset,
    query,
    prefix: `${source}/${hash(JSON.stringify(query))}`,
    source,
    hasPolicy,
    movesWithDay: hasPolicy || needsToday(query),
    keys: new Map(),
  };
}

const MAX_KEYS = 500;
const NOBODY = {};
const policies = new WeakMap<object, WeakMap<DatasetModel, string>>();

/** What of the person the answer depends on; the same for all where the dataset has no policy. */
function policyPart({ enterpriseId, hasPolicy, dataset }: KnownQuestion, asker: Asker | undefined): string {
  if (!hasPolicy) return "everybody";
  const ofAsker = policies.get(asker ?? NOBODY) ?? new WeakMap<DatasetModel, string>();
  policies.set(asker ?? NOBODY, ofAsker);
  const part = ofAsker.get(dataset) ?? hash(policyKey({ enterpriseId, dataset, asker }));
  ofAsker.set(dataset, part);
  return part;
}

const MINUTE = 60_000;
const days = new Map<string, { minute: number; day: string }>();

/** Days begin with a minute in every time zone: asked once a minute, it is never late. */
function dayPart({ movesWithDay, dataset }: KnownQuestion, now: number): string {
  if (!movesWithDay) return "";
  const zone = dataset.dingboard.timeZone;
  const minute = Math.floor(now / MINUTE);
  const known = days.get(zone);
  if (known?.minute === minute) return known.day;
  const day = dayIn(zone, new Date(now));
  days.set(zone, { minute, day });
  return day;
}

/** All that makes two answers differ: enterprise, model, query, version of the data, who asks, what day it is. */
export function keyOf(
  question: KnownQuestion,
  asked: { version: string; asker: Asker | undefined; now: number },
): string {
  const { prefix, keys } = question;
  const { version } = asked;
  const part = policyPart(question, asked.asker);
  const day = dayPart(question, asked.now);
  const known = keys.get(part);
  if (known?.version === version && known.day === day) return known.key;
  const key = `${prefix}/${version}/${part}/${day}`;
  if (keys.size >= MAX_KEYS) keys.clear();
  keys.set(part, { version, day, key });
  return key;
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
