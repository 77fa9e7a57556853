import type { ReportSpec } from "../../../core/contract/report/report";
import type { Later } from "../later";
import type { Storage } from "../storage";

/** What an editor had on the screen and the server did not have yet. */
export interface LocalCopy {
  spec: ReportSpec;
  /** The draft that it was made from. */
  base: ReportSpec;
}

const SOON_MS = 300;

/** Keeps unsaved changes on this computer until the server has them: for a closed tab, a lost network. */
export class LocalCopies {
  private callOff: () => void = () => undefined;

  /** `key` names enterprise, person and report. */
  constructor(
    private readonly storage: Storage,
    private readonly key: string,
    private readonly later: Later,
  ) {}

  /** What an earlier visit left here; null where there is nothing, or nothing that can be read. */
  async find(): Promise<LocalCopy | null> {
    const text = await this.storage.get(this.key);
    if (text === null) return null;
    try {
      const copy = JSON.parse(text) as Partial<LocalCopy> | null;
      return copy?.spec && copy.base ? { spec: copy.spec, base: copy.base } : null;
    } catch {
      return null;
    }
  }

  keep(copy: () => LocalCopy): void {
    this.callOff();
    this.callOff = this.later(() => void this.storage.set(this.key, JSON.stringify(copy())), SOON_MS);
  }

  drop(): void {
    this.callOff();
    void this.storage.remove(this.key);
  }
}
