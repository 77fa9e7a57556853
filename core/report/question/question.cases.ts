import type { Question } from "../../contract/report/question";
import type { Effect } from "./question";

/** Nine sales of four stores; unit prices and days chosen so that no two answers below look alike by chance. */
export const CASES_CSV = `day,region,city,store,channel,amount
2026-09-15,east,hangzhou,h1,store,1
2026-10-05,east,hangzhou,h1,web,2
2026-10-20,east,suzhou,s1,store,4
2026-11-01,east,hangzhou,h1,store,8
2026-11-02,east,suzhou,s1,web,16
2026-11-02,west,chengdu,c1,store,32
2026-11-03,west,chengdu,c2,web,64
2026-11-03,,,,store,128
2026-10-31,west,chengdu,c1,store,256
`;

const expression = (text: string) => ({ dialects: [{ dialect: "ANSI_SQL" as const, expression: text }] });
const text = (name: string) => ({ name, expression: expression(name), datatype: "String" as const });

/** What came in by another door: the same regions under another name, and days of its own. */
export const VISITS_CSV = `date,area,visits
2026-11-02,east,1000
2026-11-03,west,2000
2026-10-15,east,4000
`;

export const VISITS_MODEL = {
  version: 1 as const,
  semantic_model: {
    name: "visits",
    datasets: [
      {
        name: "visits",
        source: "visits.csv",
        fields: [
          { name: "date", expression: expression("date"), dimension: { is_time: true }, datatype: "Date" as const },
          text("area"),
        ],
      },
    ],
    metrics: [{ name: "visits", expression: expression("SUM(visits)") }],
  },
  dingboard: { label: "Visits", measures: { visits: { label: "Visits" } } },
};

export const CASES_MODEL = {
  version: 1 as const,
  semantic_model: {
    name: "shops",
    datasets: [
      {
        name: "shops",
        source: "shops.csv",
        fields: [
          { name: "day", expression: expression("day"), dimension: { is_time: true }, datatype: "Date" as const },
          ...["region", "city", "store", "channel"].map(text),
        ],
      },
    ],
    metrics: [{ name: "amount", expression: expression("SUM(amount)") }],
  },
  dingboard: { label: "Shops", measures: { amount: { label: "Amount" } } },
};

const dataset = "shops";
const measures = ["amount"];
const past = { field: "day", operator: "inThePast" as const, values: [3], unit: "days" as const };
const equals = "equals" as const;

/** The data's last day is 2026-11-03; the cards of this report look at the three days that end with it. */
export const CASES_SPEC = {
  version: 1 as const,
  title: "Shops",
  pages: [{ id: "p", title: "P", layout: [{ element: "total", x: 0, y: 0, w: 9, h: 4 }] }],
  elements: {
    total: { type: "kpi" as const, title: "Total", query: { dataset, measures, filters: [past] } },
    regions: {
      type: "cartesian" as const,
      title: "Regions",
      query: {
        dataset,
        dimensions: [{ field: "region" }],
        measures,
        filters: [past],
        sort: [{ field: "region", descending: false }],
      },
      drill: ["region", "city", "store"],
    },
    months: {
      type: "cartesian" as const,
      title: "Months",
      query: { dataset, dimensions: [{ field: "day", grain: "month" as const }], measures },
    },
    online: {
      type: "kpi" as const,
      title: "Web",
      query: { dataset, measures, filters: [{ field: "channel", operator: equals, values: ["web"] }] },
    },
    visits: { type: "kpi" as const, title: "Visits", query: { dataset: "visits", measures: ["visits"] } },
    note: { type: "text" as const, title: "Note", text: "Nine sales." },
  },
  filters: [
    {
      id: "day",
      label: "Day",
      dataset,
      field: "day",
      operator: "inBetween" as const,
      targets: ["total", "regions"],
      presets: ["last7Days" as const, "lastMonth" as const],
    },
    { id: "region", label: "Region", dataset, field: "region", operator: equals, fields: { visits: "area" } },
    { id: "city", label: "City", dataset, field: "city", operator: equals, parent: "region" },
  ],
};

/** Rows as `[dimension…, measure]`; an element that is not named is not looked at. */
export interface QuestionCase {
  rule: string;
  question: Partial<Question>;
  rows: Record<string, unknown[][]>;
  /** Elements that need not be asked again for this question after the report was opened. */
  untouched?: string[];
  /** Whether the report's filter on `channel` must be given first. */
  required?: boolean;
  waiting?: Record<string, Extract<Effect, { state: "waiting" }>["needs"]>;
}

const all = { east: 24, west: 96, none: 128 };

export const QUESTION_CASES: QuestionCase[] = [
  {
    rule: "asks what the report asks where nobody chose anything",
    question: {},
    rows: {
      total: [[248]],
      regions: [
        ["east", all.east],
        ["west", all.west],
        [null, all.none],
      ],
      online: [[82]],
    },
    untouched: ["total", "regions", "months", "online", "visits", "note"],
  },
  {
    rule: "a chosen value restricts every element of the dataset",
    question: { filters: { region: { operator: "equals", values: ["east"] } } },
    rows: {
      total: [[24]],
      regions: [["east", 24]],
      months: [
        ["2026-09-01", 1],
        ["2026-10-01", 6],
        ["2026-11-01", 24],
      ],
      online: [[18]],
      visits: [[5000]],
    },
    untouched: ["note"],
  },
  {
    rule: "several values are any of them, rows without a value among them",
    question: { filters: { region: { operator: "equals", values: ["east", null] } } },
    rows: {
      total: [[152]],
      regions: [
        ["east", 24],
        [null, 128],
      ],
    },
  },
  {
    rule: "filters add up",
    question: {
      filters: { region: { operator: "equals", values: ["east"] }, city: { operator: "equals", values: ["suzhou"] } },
    },
    rows: { total: [[16]], online: [[16]], visits: [[5000]] },
  },
  {
    rule: "a chosen period takes the place of a card's own, and reaches only the elements that the filter names",
    question: { filters: { day: { operator: "inThePast", values: [1], unit: "months", completed: true } } },
    rows: {
      total: [[262]],
      regions: [
        ["east", 6],
        ["west", 256],
      ],
    },
    untouched: ["months", "online", "visits", "note"],
  },
  {
    rule: "a range of days counts both ends",
    question: { filters: { day: { operator: "inBetween", values: ["2026-10-20", "2026-11-01"] } } },
    rows: {
      total: [[268]],
      regions: [
        ["east", 12],
        ["west", 256],
      ],
    },
  },
  {
    rule: "an empty choice restricts nothing",
    question: { filters: { region: { operator: "equals", values: [] }, day: null } },
    rows: { total: [[248]] },
    untouched: ["total", "regions", "months", "online", "visits", "note"],
  },
  {
    rule: "a value picked in an element filters the others, not itself",
    question: { cross: [{ element: "regions", field: "region", values: ["west"] }] },
    rows: {
      total: [[96]],
      regions: [
        ["east", all.east],
        ["west", all.west],
        [null, all.none],
      ],
      online: [[64]],
    },
    untouched: ["regions", "visits", "note"],
  },
  {
    rule: "a picked nothing means the rows without a value",
    question: { cross: [{ element: "regions", field: "region", values: [null] }] },
    rows: { total: [[128]] },
  },
  {
    rule: "a picked month means all of its days, inside the cards' own periods",
    question: { cross: [{ element: "months", field: "day", values: ["2026-11-01"] }] },
    rows: {
      total: [[248]],
      online: [[80]],
      months: [
        ["2026-09-01", 1],
        ["2026-10-01", 262],
        ["2026-11-01", 248],
      ],
    },
    untouched: ["months", "visits", "note"],
  },
  {
    rule: "one step down shows the next field for the chosen value alone, and leaves the others as they are",
    question: { drill: { regions: [{ field: "region", value: "east" }] } },
    rows: {
      regions: [
        ["hangzhou", 8],
        ["suzhou", 16],
      ],
      total: [[248]],
    },
    untouched: ["total", "months", "online", "visits", "note"],
  },
  {
    rule: "two steps down keep both chosen values",
    question: {
      drill: {
        regions: [
          { field: "region", value: "west" },
          { field: "city", value: "chengdu" },
        ],
      },
    },
    rows: {
      regions: [
        ["c1", 32],
        ["c2", 64],
      ],
    },
  },
  {
    rule: "filters, a picked value and a way down hold together",
    question: {
      filters: { day: { operator: "inThePast", values: [1], unit: "months", completed: true } },
      cross: [{ element: "months", field: "day", values: ["2026-10-01"] }],
      drill: { regions: [{ field: "region", value: "east" }] },
    },
    rows: {
      regions: [
        ["hangzhou", 2],
        ["suzhou", 4],
      ],
      total: [[262]],
      online: [[2]],
    },
  },
  {
    rule: "a required filter without a value makes the elements that it reaches wait",
    question: {},
    required: true,
    rows: { online: [[82]] },
    waiting: { total: ["channel"], regions: ["channel"] },
  },
  {
    rule: "a required filter with a value is a filter",
    question: { filters: { channel: { operator: "equals", values: ["web"] } } },
    required: true,
    rows: { total: [[80]], online: [[82]] },
  },
];

/** The report of a case. */
export function specOf({ required = false }: QuestionCase) {
  const channel = {
    id: "channel",
    label: "Channel",
    dataset,
    field: "channel",
    operator: equals,
    required: true,
    targets: ["total", "regions"],
  };
  return { ...CASES_SPEC, filters: [...CASES_SPEC.filters, ...(required ? [channel] : [])] };
}
