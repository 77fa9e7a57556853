import { makeAutoObservable } from "mobx";
import { listExtracts, type ExtractItem } from "../../api/extract";
import type { Caller } from "../../api/transport";
import type { Later } from "../later";
import { Resource } from "../resource";

const ASK_EVERY_MS = 1_000;

/** True from the moment at which a run is asked for until it has ended. */
export const isUnderWay = ({ runs: [latest] }: ExtractItem): boolean =>
  latest?.state === "queued" || latest?.state === "running";

/** The extracts of one data source: asked for every second while one of them is being made. */
export class ExtractListStore {
  /** Those of all data sources: a name belongs to one of them. */
  readonly all: Resource<ExtractItem[]>;
  private cancel: () => void = () => undefined;
  private closed = false;

  constructor(private readonly parts: { call: Caller; later: Later; dataSourceId: string }) {
    this.all = new Resource(() => listExtracts(parts.call));
    makeAutoObservable<this, "parts" | "cancel" | "closed">(this, {
      all: false,
      parts: false,
      cancel: false,
      closed: false,
    });
  }

  get extracts(): ExtractItem[] {
    return (this.all.data ?? []).filter(({ dataSourceId }) => dataSourceId === this.parts.dataSourceId);
  }

  async load(): Promise<void> {
    this.cancel();
    await this.all.load();
    this.goOn();
  }

  /** Takes up an extract as a request has just answered it. */
  put(extract: ExtractItem): void {
    const others = (this.all.data ?? []).filter(({ id }) => id !== extract.id);
    this.all.set([...others, extract].sort((one, other) => (one.name < other.name ? -1 : 1)));
    this.goOn();
  }

  /** Nothing is asked any more. */
  close(): void {
    this.closed = true;
    this.cancel();
  }

  /** A lost answer does not end the watch: the next one may arrive. */
  private goOn(): void {
    this.cancel();
    if (this.closed || !this.extracts.some(isUnderWay)) return;
    this.cancel = this.parts.later(() => void this.load(), ASK_EVERY_MS);
  }
}
