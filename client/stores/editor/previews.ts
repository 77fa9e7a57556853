import { reaction } from "mobx";
import type { ReportFilter, ReportSpec } from "../../../core/contract/report/report";
import type { ReportElement } from "../../../core/contract/report/element";
import { NO_QUESTION } from "../../../core/report/question/question";
import { previewCards } from "../../api/draft";
import { toApiError } from "../../api/error";
import type { Caller } from "../../api/transport";
import type { Later } from "../later";
import { CardAnswers, type CardOutcome } from "../report/card-answers";

export interface PreviewParts {
  call: Caller;
  reportId: string;
  client: string;
  later: Later;
  spec: () => ReportSpec;
  /** The cards of the page that is shown: those of others are asked once somebody turns to them. */
  shown: () => readonly string[];
}

const SOON_MS = 16;

/** What decides an element's answer: how it is drawn and called does not. */
function questionOf(element: ReportElement): string | null {
  if (!("query" in element)) return null;
  return JSON.stringify([element.query, "trend" in element ? element.trend : null, element.type]);
}

/** The data of cards as they stand on the screen: asked again for those whose question has changed. */
export class Previews {
  private readonly answers = new CardAnswers();
  /** What each card was asked last. */
  private asked = new Map<string, string>();
  private filters: readonly ReportFilter[] | null = null;
  /** Cards of the request that is under way: a later one ends it, and must ask for them too. */
  private pending = new Set<string>();
  private newest = 0;
  private callOff: () => void = () => undefined;
  private readonly stop: () => void;

  constructor(private readonly parts: PreviewParts) {
    this.stop = reaction(
      () => [parts.spec(), parts.shown()],
      () => this.plan(),
      { fireImmediately: true },
    );
  }

  outcome(id: string): CardOutcome | undefined {
    return this.answers.outcome(id);
  }

  isBusy(id: string): boolean {
    return this.answers.isBusy(id);
  }

  /** Asks all cards again. */
  refresh(): void {
    this.asked.clear();
    this.plan();
  }

  dispose(): void {
    this.stop();
    this.callOff();
  }

  private plan(): void {
    this.callOff();
    this.callOff = this.parts.later(() => void this.ask(), SOON_MS);
  }

  /** The elements whose question is another one than they were asked. */
  private changed({ elements, filters }: ReportSpec): string[] {
    if (this.filters !== filters && JSON.stringify(this.filters) !== JSON.stringify(filters)) this.asked.clear();
    this.filters = filters;
    return this.parts.shown().flatMap((id) => {
      const element = elements[id];
      const question = element ? questionOf(element) : null;
      if (question === null || this.asked.get(id) === question) return [];
      this.asked.set(id, question);
      return [id];
    });
  }

  /** What the request under way asks for and is still shown; the rest must be asked anew when it is shown again. */
  private stillWanted(): string[] {
    const shown = new Set(this.parts.shown());
    for (const id of this.pending) if (!shown.has(id)) this.asked.delete(id);
    return [...this.pending].filter((id) => shown.has(id));
  }

  private async ask(): Promise<void> {
    const { call, reportId, client, spec } = this.parts;
    const { elements: all, filters } = spec();
    const changed = this.changed(spec());
    if (changed.length === 0) return;
    const elements = Object.fromEntries(
      [...this.stillWanted(), ...changed].flatMap((id) => (all[id] ? [[id, all[id]]] : [])),
    ) as ReportSpec["elements"];
    const ids = Object.keys(elements);
    this.pending = new Set(ids);
    const turn = this.answers.begin(ids);
    this.newest = turn;
    try {
      const { cards } = await previewCards(call, reportId, { client, elements, filters });
      this.answers.settle(turn, NO_QUESTION, cards);
    } catch (thrown) {
      const error = toApiError(thrown);
      if (turn !== this.newest) return this.answers.end(turn);
      this.answers.fail(turn, NO_QUESTION, error);
      for (const id of ids) this.asked.delete(id);
    }
    if (turn === this.newest) this.pending.clear();
  }
}
