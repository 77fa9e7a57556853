import { learnKinds } from "../../core/report/chart/chart";
import { MORE_KINDS } from "../../core/report/chart/more";
import { FunnelChart, RadarChart, SankeyChart, ScatterChart } from "echarts/charts";
import { MarkLineComponent, RadarComponent } from "echarts/components";
import { use } from "echarts/core";

// Heat maps and treemaps are places of our own reckoning on a scatter chart, gauges are rings: they need no parts of theirs.
use([FunnelChart, MarkLineComponent, RadarChart, RadarComponent, SankeyChart, ScatterChart]);
learnKinds(MORE_KINDS);
