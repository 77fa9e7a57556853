import { own } from "../../../core/own";
import { action, makeObservable, observableRef } from "mobx";
import type { CardResult, ReportView } from "../../../core/contract/report/report";
import type { DrillStep, Question } from "../../../core/contract/report/question";
import { drilled, pathOf } from "../../../core/report/question/drill";
import type { ApiError, ClientErrorCode } from "../../api/error";

/** What became of a card: the server's answer, or why there was none. */
export type CardOutcome = CardResult | { state: "failed"; error: { code: ClientErrorCode; message: string } };

/** A report as its cards show it: the elements are those that the answers belong to. */
export type ShownReport = Omit<ReportView, "cards"> & { cards: Record<string, CardOutcome> };

interface Answered {
  outcome: CardOutcome;
  /** Where in its hierarchy the element stood when it was asked. */
  path: DrillStep[];
  turn: number;
}

/** The answers of a report's cards. Each card takes only the answer to what was asked of it last. */
export class CardAnswers {
  private answers: Record<string, Answered> = {};
  private asking: Record<string, number> = {};
  private newest = 0;

  constructor() {
    makeObservable<this, "answers" | "asking">(this, {
      answers: observableRef,
      asking: observableRef,
      begin: action,
      settle: action,
      fail: action,
    });
  }

  /** Cards are being asked; what was asked of them before counts no more. Answers the turn's number. */
  begin(ids: readonly string[]): number {
    const turn = ++this.newest;
    const asking = { ...this.asking };
    for (const id of ids) asking[id] = turn;
    this.asking = asking;
    return turn;
  }

  /** Answers of a turn arrived. Cards that nobody asked for yet take them too: those of a report's first answer. */
  settle(turn: number, question: Question, cards: Record<string, CardOutcome>): void {
    const known = { ...this.answers };
    for (const id of Object.keys(cards)) {
      const outcome = cards[id];
      if (outcome && turn >= (own(this.asking, id) ?? this.stamp(id)))
        known[id] = { outcome, path: pathOf(question, id), turn };
    }
    this.answers = known;
    this.end(turn);
  }

  /** A turn failed: its cards say so. Their earlier data would answer another question. */
  fail(turn: number, question: Question, { code, message }: ApiError): void {
    const failed: Record<string, CardOutcome> = {};
    for (const id of Object.keys(this.asking)) {
      if (own(this.asking, id) === turn) failed[id] = { state: "failed", error: { code, message } };
    }
    this.settle(turn, question, failed);
  }

  /** A turn is over; earlier answers of its cards stay. */
  end(turn: number): void {
    const asking: Record<string, number> = {};
    for (const id of Object.keys(this.asking)) {
      const asked = own(this.asking, id);
      if (asked !== undefined && asked !== turn) asking[id] = asked;
    }
    this.asking = asking;
  }

  /** Whether a card waits for an answer. */
  isBusy(id: string): boolean {
    return own(this.asking, id) !== undefined;
  }

  outcome(id: string): CardOutcome | undefined {
    return own(this.answers, id)?.outcome;
  }

  /** Differs whenever a card's answer does. */
  stamp(id: string): number {
    return own(this.answers, id)?.turn ?? 0;
  }

  /** The report with the answers at hand, each with the element that it belongs to. */
  shown(report: ReportView): ShownReport {
    const elements: ReportView["spec"]["elements"] = {};
    const cards: ShownReport["cards"] = {};
    for (const id of Object.keys(report.spec.elements)) {
      const element = report.spec.elements[id];
      const answer = own(this.answers, id);
      if (element) elements[id] = drilled(element, answer?.path ?? []);
      if (answer) cards[id] = answer.outcome;
    }
    return { ...report, spec: { ...report.spec, elements }, cards };
  }
}
