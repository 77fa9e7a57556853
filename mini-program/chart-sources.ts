import type { ChartSource } from "../client/stores/report/report";

type Find = (elementId: string) => ChartSource | undefined;

/**
 * Where charts find their data by name. A card's rows stay on the logic side: only the name crosses to the view and back
 * to the chart component.
 */
export class ChartSources {
  private readonly pages = new Map<string, Find>();
  private count = 0;

  /** A page's name of its own, and how to take it back. */
  open(find: Find): { name: string; close: () => void } {
    this.count += 1;
    const name = `page-${this.count}`;
    this.pages.set(name, find);
    return { name, close: () => this.pages.delete(name) };
  }

  /** What the chart called `page-3/…/element` draws. */
  find(chart: string): ChartSource | undefined {
    const names = chart.split("/");
    return this.pages.get(names[0] ?? "")?.(names[names.length - 1] ?? "");
  }
}
