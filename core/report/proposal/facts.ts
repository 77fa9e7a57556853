import type { DatasetName } from "../../contract/id";
import type { Format } from "../../contract/report/query";

/** What proposals know of a field that can be grouped by. */
export interface DimensionFact {
  name: string;
  label: string;
  type: "string" | "number" | "date" | "boolean";
  /** How many values it has, where that is known. */
  distinct?: number;
}

export interface MeasureFact {
  name: string;
  label: string;
  format?: Format;
}

/** What proposals know of a dataset; fields in the order in which its author has them. */
export interface DatasetFacts {
  name: DatasetName;
  label: string;
  dimensions: DimensionFact[];
  measures: MeasureFact[];
}

/** Six ways to begin; all of them are filled with one's own fields. */
export type Template = "sales" | "operations" | "finance" | "hr" | "project" | "blank";

interface Wanted {
  measures: RegExp;
  dimensions: RegExp;
}

/** What a person of that trade looks at first, as fields are called in Chinese and English. */
const WANTED: Record<Exclude<Template, "blank">, Wanted> = {
  sales: {
    measures: /销售|收入|金额|营收|订单|客单|sales|revenue|amount|order/i,
    dimensions: /店|区域|大区|城市|渠道|品类|产品|商品|客户|region|city|channel|categor|product|store|customer/i,
  },
  operations: {
    measures: /率|数|量|时长|延误|用户|访问|rate|count|volume|delay|user|visit|duration/i,
    dimensions: /渠道|来源|平台|类型|状态|机场|channel|source|platform|type|status/i,
  },
  finance: {
    measures: /利润|毛利|成本|费用|收入|预算|profit|margin|cost|expense|revenue|budget/i,
    dimensions: /科目|部门|公司|项目|账|account|department|company|cost.?cent/i,
  },
  hr: {
    measures: /人数|员工|工资|薪|离职|入职|工时|head|employee|salary|hire|leave|hour/i,
    dimensions: /部门|岗位|职级|性别|学历|department|position|grade|gender/i,
  },
  project: {
    measures: /工时|进度|任务|完成|逾期|成本|hour|progress|task|done|overdue|cost/i,
    dimensions: /项目|负责人|阶段|状态|优先|project|owner|stage|status|priority/i,
  },
};

/** What fits the trade first; otherwise the author's order holds. */
function fittingFirst<Fact extends { name: string; label: string }>(facts: Fact[], wanted: RegExp | null): Fact[] {
  if (!wanted) return facts;
  const fits = ({ name, label }: Fact): boolean => wanted.test(label) || wanted.test(name);
  return [...facts.filter(fits), ...facts.filter((fact) => !fits(fact))];
}

/** A dataset's fields in the order in which a template takes them. */
export function forTemplate(facts: DatasetFacts, template: Template): DatasetFacts {
  const wanted = template === "blank" ? null : WANTED[template];
  return {
    ...facts,
    measures: fittingFirst(facts.measures, wanted?.measures ?? null),
    dimensions: fittingFirst(facts.dimensions, wanted?.dimensions ?? null),
  };
}
