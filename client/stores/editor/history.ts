import type { ReportSpec } from "../../../core/contract/report/report";
import { mergeSpecs } from "../../../core/report/merge/merge";

interface Change {
  before: ReportSpec;
  after: ReportSpec;
  /** Changes of one key, shortly after each other, are undone together: typing, dragging. */
  key: string | null;
  at: number;
}

export interface Undone {
  spec: ReportSpec;
  /** Some of it stays, because somebody else has changed it since. */
  partly: boolean;
}

const TOGETHER_MS = 1_000;

/**
 * What one person did, without limit: specifications share all that did not change. Undoing a change is a three-way merge
 * of the way back into the present state, so that what others changed since stays theirs.
 */
export class History {
  private past: Change[] = [];
  private future: Change[] = [];

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  get canRedo(): boolean {
    return this.future.length > 0;
  }

  /** A change was made; what was undone before it cannot be done again. */
  note(before: ReportSpec, after: ReportSpec, at: number, key: string | null = null): void {
    this.future = [];
    const last = this.past[this.past.length - 1];
    if (last && key !== null && last.key === key && last.after === before && at - last.at <= TOGETHER_MS) {
      this.past[this.past.length - 1] = { ...last, after, at };
    } else {
      this.past.push({ before, after, key, at });
    }
  }

  undo(now: ReportSpec): Undone | null {
    const change = this.past.pop();
    if (!change) return null;
    this.future.push(change);
    return step(now, change.after, change.before);
  }

  redo(now: ReportSpec): Undone | null {
    const change = this.future.pop();
    if (!change) return null;
    this.past.push({ ...change, key: null });
    return step(now, change.before, change.after);
  }
}

function step(now: ReportSpec, from: ReportSpec, to: ReportSpec): Undone {
  if (now === from) return { spec: to, partly: false };
  const { spec, conflicts } = mergeSpecs({ base: from, mine: to, theirs: now });
  return { spec, partly: conflicts.length > 0 };
}
