import { randomUUID } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { EnterpriseId, ReportId } from "../../../core/contract/id";
import type { CardData } from "../../../core/contract/report/query";
import type { AccessChange, AccessChanges } from "../../database/access/access-changed";
import { AppError } from "../../errors";
import type { Analytics, RanStatement } from "../analytics";
import type { Asker } from "../query/asker";
import { abortable } from "../source/abortable";
import { Answer, type Cost } from "./answer";
import { AnswerCache, type Ages, type AskOptions, type CacheState } from "./answer-cache";
import { keyOf, knownQuestion, type KnownQuestion } from "./question-key";

/** A question that took the engine long, whether it was answered or not. */
export interface SlowQuestion {
  question: KnownQuestion;
  report: ReportId;
  cost: Cost;
  /** Null where it failed. */
  rows: number | null;
  /** `answered`, or the code of the failure. */
  outcome: string;
}

export interface CardAnswersParts {
  analytics: Pick<Analytics, "run" | "version">;
  now: () => number;
  maxBytes: number;
  /** For data that changes without telling. What is known not to have changed does not grow old. */
  ages: Ages;
  changes: Pick<AccessChanges, "subscribe">;
  /** Tells the other nodes. */
  announce: (change: AccessChange) => void;
  /** From how many ms of the engine's time a question is slow. */
  slowMs: number;
  slow: (slow: SlowQuestion) => void;
  /** Told of failures that nobody waits for. */
  failed: (error: unknown) => void;
}

export interface Asking extends AskOptions {
  asker: Asker;
  /** The report that asks. */
  report: ReportId;
}

/** How long the data's version is believed: so much later new data may be seen. */
const VERSION_MS = 1_000;
/** From then on it is looked at again while it is still believed: under load nobody waits for it, let alone all at once. */
const LOOK_AGAIN_MS = 400;
const FOREVER: Ages = { freshMs: Infinity, staleMs: Infinity };

interface Version {
  version: string;
  ages: Ages;
  lookAt: number;
  until: number;
}

/** The engine behind a cache that all readers share, each of them seeing only answers made for the likes of them. */
export class CardAnswers {
  private readonly cache: AnswerCache;
  private readonly versions = new LRUCache<string, Version>({ max: 5_000 });
  /** Looks at data's versions that are under way. */
  private readonly looking = new Map<string, Promise<Version>>();
  /** How often each enterprise's data was said to have changed. */
  private readonly changed = new LRUCache<EnterpriseId, number>({ max: 5_000 });
  private readonly node = randomUUID();

  constructor(private readonly parts: CardAnswersParts) {
    this.cache = new AnswerCache(parts);
    parts.changes.subscribe((change) => {
      if (change === "all") this.versions.clear();
      else if (change.kind === "answer") this.forgetAnswer(change.id);
    });
  }

  readonly question = knownQuestion;

  /** The enterprise's data is another one: what was believed of it no longer counts. */
  dataChanged(enterpriseId: EnterpriseId): void {
    this.changed.set(enterpriseId, this.changesOf(enterpriseId) + 1);
    for (const source of this.versions.keys()) if (source.startsWith(`${enterpriseId}/`)) this.versions.delete(source);
    for (const source of this.looking.keys()) if (source.startsWith(`${enterpriseId}/`)) this.looking.delete(source);
  }

  private changesOf(enterpriseId: EnterpriseId): number {
    return this.changed.get(enterpriseId) ?? 0;
  }

  /** The answer, where a fresh one is there: nothing is waited for. */
  peek(question: KnownQuestion, asker: Asker): Answer | undefined {
    const version = this.versions.get(question.source);
    const now = this.parts.now();
    if (!version || version.until <= now) return undefined;
    // A look that fails is told to whoever has to wait for the next one.
    if (version.lookAt <= now) this.lookOnce(question, asker).catch(() => undefined);
    return this.cache.peek(keyOf(question, { version: version.version, asker, now }), version.ages);
  }

  /** Throws what the engine throws; with an aborted signal, its reason. */
  async ask(question: KnownQuestion, asking: Asking): Promise<Answer> {
    const { asker, report, signal, refresh } = asking;
    const { version, ages } = refresh
      ? await abortable(this.look(question, asker, true), signal)
      : await this.versionOf(question, asker, signal);
    const key = keyOf(question, { version, asker, now: this.parts.now() });
    const compute = (ended: AbortSignal): Promise<Answer> => this.compute(question, { asker, report, signal: ended });
    const answer = await this.cache.ask(key, ages, compute, { signal, refresh });
    if (refresh) this.parts.announce({ kind: "answer", id: `${this.node}/${key}` });
    return answer;
  }

  /** Whether there is an answer, and how good it is. */
  async state(question: KnownQuestion, asker: Asker, signal: AbortSignal): Promise<CacheState> {
    const { version, ages } = await this.versionOf(question, asker, signal);
    return this.cache.state(keyOf(question, { version, asker, now: this.parts.now() }), ages);
  }

  /** The memory that answers use, in bytes. */
  get bytes(): number {
    return this.cache.bytes;
  }

  private async versionOf(question: KnownQuestion, asker: Asker, signal?: AbortSignal): Promise<Version> {
    const { source } = question;
    const known = this.versions.get(source);
    if (known && known.until > this.parts.now()) return known;
    return abortable(this.lookOnce(question, asker), signal);
  }

  private lookOnce(question: KnownQuestion, asker: Asker): Promise<Version> {
    const { source } = question;
    const underWay = this.looking.get(source);
    if (underWay) return underWay;
    const looking = this.look(question, asker).finally(() => {
      if (this.looking.get(source) === looking) this.looking.delete(source);
    });
    this.looking.set(source, looking);
    return looking;
  }

  private async look({ enterpriseId, dataset, source }: KnownQuestion, asker: Asker, fresh = false): Promise<Version> {
    const changes = this.changesOf(enterpriseId);
    const { version, live } = await this.parts.analytics.version({ enterpriseId, dataset, asker }, { fresh });
    const ages = live === null ? FOREVER : this.parts.ages;
    const now = this.parts.now();
    const next = { version: live ?? version, ages, lookAt: now + LOOK_AGAIN_MS, until: now + VERSION_MS };
    // What began before a file changed does not know of it.
    if (changes === this.changesOf(enterpriseId)) this.versions.set(source, next);
    return next;
  }

  private async compute(
    question: KnownQuestion,
    { asker, report, signal }: { asker: Asker; report: ReportId; signal: AbortSignal },
  ): Promise<Answer> {
    const { enterpriseId, dataset, query } = question;
    const ran: RanStatement[] = [];
    const computedAt = this.parts.now();
    const told = (rows: number | null, outcome: string): void => {
      const cost = costOf(ran);
      if (cost && cost.engineMs >= this.parts.slowMs) this.parts.slow({ question, report, cost, rows, outcome });
    };
    let data: CardData;
    try {
      const options = { signal, report, ran: (statement: RanStatement) => void ran.push(statement) };
      data = await this.parts.analytics.run({ enterpriseId, dataset, asker }, query, options);
    } catch (error) {
      told(null, signal.aborted ? "abandoned" : error instanceof AppError ? error.code : "query_failed");
      throw error;
    }
    told(data.rowCount, "answered");
    const asOf = Math.min(computedAt, ...ran.flatMap((statement) => statement.asOf ?? []));
    return new Answer(data, { computedAt, asOf }, costOf(ran) ?? NO_COST);
  }

  /** A node announces what it computed anew; its own announcement comes back to it. */
  private forgetAnswer(id: string): void {
    const node = id.slice(0, this.node.length);
    if (node !== this.node) this.cache.forget(id.slice(this.node.length + 1));
  }
}

const NO_COST: Cost = { engine: "none", statements: [], engineMs: 0, queueMs: 0 };

/** Of all statements together; they ran beside each other, so the slowest one counts. */
function costOf(ran: readonly RanStatement[]): Cost | null {
  const [first] = ran;
  if (!first) return null;
  return {
    engine: first.engine,
    statements: ran.map(({ sql, values }) => ({ sql, values })),
    engineMs: Math.max(...ran.map(({ engineMs }) => engineMs)),
    queueMs: Math.max(...ran.map(({ queueMs }) => queueMs)),
  };
}
