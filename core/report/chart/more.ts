import type { ChartKinds } from "./chart";
import { funnelChart } from "./funnel";
import { gaugeChart } from "./gauge";
import { heatmapChart } from "./heatmap";
import { radarChart } from "./radar";
import { sankeyChart } from "./sankey";
import { scatterChart } from "./scatter";
import { treemapChart } from "./treemap";
import { waterfallChart } from "./waterfall";

/** The kinds beyond lines, bars and pies. */
export const MORE_KINDS: ChartKinds = {
  funnel: funnelChart,
  gauge: gaugeChart,
  heatmap: heatmapChart,
  radar: radarChart,
  sankey: sankeyChart,
  scatter: scatterChart,
  treemap: treemapChart,
  waterfall: waterfallChart,
};
