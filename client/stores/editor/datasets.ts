import { makeAutoObservable, observableRef, runInAction } from "mobx";
import type { DatasetField, DatasetFields } from "../../../core/contract/dataset/edit";
import { getFields } from "../../api/dataset";
import { toApiError, type ApiError } from "../../api/error";
import type { Caller } from "../../api/transport";

type Loaded = { state: "loading" } | { state: "ready"; dataset: DatasetFields } | { state: "failed"; error: ApiError };

/** What the datasets of a report can be asked, each read when it is first wanted. */
export class DatasetShelf {
  private loaded: Record<string, Loaded> = {};

  constructor(private readonly call: Caller) {
    makeAutoObservable<this, "loaded" | "call">(this, { loaded: observableRef, call: false });
  }

  /** Undefined before anybody asked for it. */
  find(name: string): Loaded | undefined {
    return this.loaded[name];
  }

  fields(name: string): readonly DatasetField[] {
    const found = this.loaded[name];
    return found?.state === "ready" ? found.dataset.fields : [];
  }

  labelOf(name: string, field: string): string {
    return this.fields(name).find((each) => each.name === field)?.label ?? field;
  }

  async load(name: string): Promise<void> {
    const found = this.loaded[name];
    if (found && found.state !== "failed") return;
    this.put(name, { state: "loading" });
    try {
      this.put(name, { state: "ready", dataset: await getFields(this.call, name) });
    } catch (thrown) {
      this.put(name, { state: "failed", error: toApiError(thrown) });
    }
  }

  private put(name: string, loaded: Loaded): void {
    runInAction(() => (this.loaded = { ...this.loaded, [name]: loaded }));
  }
}

/** Fields whose name or label has a text in it. */
export function matching(fields: readonly DatasetField[], search: string): DatasetField[] {
  const wanted = search.trim().toLowerCase();
  return fields.filter(({ name, label }) => name.includes(wanted) || label.toLowerCase().includes(wanted));
}
