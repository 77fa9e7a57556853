import { ReportSpec } from "../../contract/report/report";
import { Question } from "../../contract/report/question";
import type { CardQuery, Filter, Scalar } from "../../contract/report/query";
import { chipsOf, trailOf, withoutChip } from "./chips";
import { toggleCross } from "./cross";
import { drillBack, drillDown } from "./drill";
import { controlOf, presetOf, PRESETS, rangeOf, rangeValue } from "./filter";
import { valueText } from "./filter-text";
import { changedElements, effectOf, fitQuestion, NO_QUESTION, questionFault, shownElement } from "./question";
import { questionOf } from "./first-view";
import { CASES_CSV, CASES_SPEC, QUESTION_CASES, specOf, VISITS_CSV } from "./question.cases";
import { readQuestion, writeQuestion } from "./link";

const SPEC = ReportSpec.parse(CASES_SPEC);
/** A dataset's rows by the names of its columns. */
function rowsOf(csv: string): Record<string, string | null>[] {
  const [head = "", ...lines] = csv.trim().split("\n");
  const names = head.split(",");
  return lines.map((line) => {
    const cells = line.split(",").map((cell) => (cell === "" ? null : cell));
    return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? null]));
  });
}

const ROWS: Record<string, ReturnType<typeof rowsOf>> = { shops: rowsOf(CASES_CSV), visits: rowsOf(VISITS_CSV) };

type Row = ReturnType<typeof rowsOf>[number];

/** The periods of the cases, as seen from the data's last day, 2026-11-03. */
const PERIODS: Record<string, [string, string]> = {
  "3days": ["2026-11-01", "2026-11-03"],
  "1months": ["2026-10-01", "2026-10-31"],
};

function passes(row: Row, { field, operator, values, unit }: Filter): boolean {
  const value = row[field] ?? null;
  if (operator === "equals") return values.length === 0 || values.some((wanted) => wanted === value);
  const [from, to] = operator === "inBetween" ? values : (PERIODS[`${String(values[0])}${unit ?? ""}`] ?? []);
  if (from === undefined || to === undefined) throw new Error(`The cases know no such filter: ${operator}`);
  return value !== null && value >= String(from) && value <= String(to);
}

/** What a query comes to, counted by hand: an independent reading of the effective query. */
function count(query: CardQuery): unknown[][] {
  const sums = new Map<string, { key: Scalar[]; sum: number }>();
  const rows = ROWS[query.dataset] ?? [];
  for (const row of rows.filter((one) => query.filters.every((filter) => passes(one, filter)))) {
    const key = query.dimensions.map(({ field, grain }) =>
      grain ? `${row[field]?.slice(0, 7)}-01` : (row[field] ?? null),
    );
    const group = sums.get(JSON.stringify(key)) ?? { key, sum: 0 };
    sums.set(JSON.stringify(key), { key, sum: group.sum + Number(row[query.measures[0] ?? ""]) });
  }
  const order = (value: Scalar | undefined) => (value === null ? "~" : String(value));
  return [...sums.values()]
    .sort((a, b) => (order(a.key[0]) < order(b.key[0]) ? -1 : 1))
    .map(({ key, sum }) => [...key, sum]);
}

describe("a question", () => {
  it.each(QUESTION_CASES)("$rule", (one) => {
    const spec = ReportSpec.parse(specOf(one));
    const question = Question.parse(one.question);
    expect(questionFault(spec, question)).toBeNull();
    for (const [id, rows] of Object.entries(one.rows)) {
      const effect = effectOf(spec, question, id);
      expect([id, effect.state === "ask" && count(effect.query)]).toEqual([id, rows]);
    }
    for (const [id, needs] of Object.entries(one.waiting ?? {})) {
      expect(effectOf(spec, question, id)).toEqual({ state: "waiting", needs });
    }
    if (one.untouched) {
      const changed = changedElements(spec, NO_QUESTION, question);
      expect([...changed, ...one.untouched].sort()).toEqual(Object.keys(spec.elements).sort());
    }
  });

  it.each(QUESTION_CASES)("survives being a link: $rule", (one) => {
    const question = Question.parse(one.question);
    expect(readQuestion(writeQuestion(question))).toEqual(question);
  });

  it("asks nothing where a link is damaged, and keeps what is whole", () => {
    expect(readQuestion("{not json")).toEqual(NO_QUESTION);
    expect(readQuestion("%")).toEqual(NO_QUESTION);
    expect(
      readQuestion('{"cross":[{"element":1}],"drill":{"a":[{"field":"x"}]},"filters":{"f":{"values":3},"g":null}}'),
    ).toEqual({
      ...NO_QUESTION,
      filters: { g: null },
      drill: { a: [] },
    });
  });

  it("leaves out what the report does not know, and says what that is", () => {
    const strange: Question = {
      filters: {
        gone: null,
        region: { operator: "equals", values: ["east"] },
        city: { operator: "lessThan", values: ["a"] },
      },
      cross: [{ element: "total", field: "region", values: ["east"] }],
      drill: { regions: [{ field: "store", value: "h1" }] },
    };
    expect(questionFault(SPEC, strange)).toContain('"gone"');
    const fitting = fitQuestion(SPEC, strange);
    expect(fitting).toEqual({ ...NO_QUESTION, filters: { region: { operator: "equals", values: ["east"] } } });
    expect(questionFault(SPEC, fitting)).toBeNull();
    const deep = [...Array(3)].map((_, index) => ({ field: ["region", "city", "store"][index] ?? "", value: "x" }));
    expect(questionFault(SPEC, { ...NO_QUESTION, drill: { regions: deep } })).toContain('"regions"');
  });

  it.each([
    ["filter.region=east&filter.region=west", { region: { operator: "equals", values: ["east", "west"] } }],
    ["filter.day=lastMonth", { day: PRESETS.lastMonth }],
    ["filter.day=2026-11-01..2026-11-03", { day: { operator: "inBetween", values: ["2026-11-01", "2026-11-03"] } }],
    ["filter.day=2026-11-01..", { day: { operator: "greaterThanOrEqual", values: ["2026-11-01"] } }],
    ["filter.day=2026-11-02", { day: { operator: "inBetween", values: ["2026-11-02", "2026-11-02"] } }],
    ["filter.region=", { region: null }],
    ["filter.day=tomorrow&filter.day=&filter.gone=1&page=x&filter.constructor=1", {}],
    [
      `q=${encodeURIComponent('{"filters":{"region":null,"city":null}}')}&filter.region=east`,
      {
        region: { operator: "equals", values: ["east"] },
        city: null,
      },
    ],
  ])("takes parameters that people write into a link: %s", (query, filters) => {
    const asked = readQuestion(questionOf(query));
    expect(fitQuestion(SPEC, asked)).toEqual({ ...NO_QUESTION, filters });
    expect(questionFault(SPEC, fitQuestion(SPEC, asked))).toBeNull();
  });

  it("takes one value at a time where the filter says so", () => {
    const filters = SPEC.filters.map((filter) => ({ ...filter, single: true }));
    const two = readQuestion(questionOf("filter.region=east&filter.region=west"));
    expect(fitQuestion({ ...SPEC, filters }, two)).toEqual(NO_QUESTION);
    expect(questionFault({ ...SPEC, filters }, two)).toContain('"region"');
  });

  it("drops a comparison whose period has no beginning", () => {
    const total = {
      ...CASES_SPEC.elements.total,
      query: { ...CASES_SPEC.elements.total.query, compare: { field: "day", period: "previousYear" } },
    };
    const spec = ReportSpec.parse({ ...CASES_SPEC, elements: { ...CASES_SPEC.elements, total } });
    const comparing = (operator: "lessThanOrEqual" | "greaterThanOrEqual") => {
      const question = Question.parse({ filters: { day: { operator, values: ["2026-11-02"] } } });
      const effect = effectOf(spec, question, "total");
      return effect.state === "ask" && effect.query.compare !== undefined;
    };
    expect([comparing("lessThanOrEqual"), comparing("greaterThanOrEqual")]).toEqual([false, true]);
  });
});

describe("a way down", () => {
  const regions = SPEC.elements["regions"];
  if (!regions) throw new Error("The cases have no regions.");

  it("ends at the hierarchy's last field, and leads back to any level", () => {
    const one = drillDown(NO_QUESTION, "regions", regions, "east");
    const two = drillDown(one, "regions", regions, "suzhou");
    expect(drillDown(two, "regions", regions, "s1")).toEqual(two);
    expect(shownElement(SPEC, two, "regions")).toMatchObject({
      query: { dimensions: [{ field: "store" }], sort: [{ field: "store" }] },
    });
    expect(trailOf(two, "regions", "zh-CN").map((step) => step.text)).toEqual(["east", "suzhou"]);
    expect(drillBack(two, "regions", 1)).toEqual(one);
    expect(drillBack(two, "regions", 0)).toEqual(NO_QUESTION);
  });

  it("lets go of what was picked on the level that it leaves", () => {
    const picked = toggleCross(NO_QUESTION, { element: "regions", field: "region", value: "east" });
    expect(drillDown(picked, "regions", regions, "west").cross).toEqual([]);
  });

  it("names the lower level's field in a table's columns too", () => {
    const table = {
      type: "table",
      title: "T",
      query: CASES_SPEC.elements.regions.query,
      drill: ["region", "city"],
      visual: { columns: [{ field: "region", width: 90 }, { field: "amount" }] },
    };
    const spec = ReportSpec.parse({ ...CASES_SPEC, elements: { ...CASES_SPEC.elements, table } });
    const question = Question.parse({ drill: { table: [{ field: "region", value: "east" }] } });
    expect(shownElement(spec, question, "table")).toMatchObject({
      visual: { columns: [{ field: "city", width: 90 }, { field: "amount" }] },
    });
  });

  it("must begin with the query's first dimension", () => {
    const elements = { ...CASES_SPEC.elements, regions: { ...CASES_SPEC.elements.regions, drill: ["city", "store"] } };
    expect(ReportSpec.safeParse({ ...CASES_SPEC, elements }).success).toBe(false);
  });
});

describe("picking values", () => {
  const pick = (question: Question, value: string, more = false) =>
    toggleCross(question, { element: "regions", field: "region", value, more });
  const values = (question: Question) => question.cross.flatMap((cross) => cross.values);

  it("one replaces another, the same again lets go, several add up", () => {
    const east = pick(NO_QUESTION, "east");
    expect(values(pick(east, "west"))).toEqual(["west"]);
    expect(pick(east, "east")).toEqual(NO_QUESTION);
    const both = pick(east, "west", true);
    expect(values(both)).toEqual(["east", "west"]);
    expect(values(pick(both, "east", true))).toEqual(["west"]);
    expect(values(pick(both, "east"))).toEqual(["east"]);
  });
});

describe("what a person reads of a filter", () => {
  const [day, region] = SPEC.filters;
  if (!day || !region) throw new Error("The cases have no filters.");

  it.each([
    [day, PRESETS.last7Days, "近 7 天", "Last 7 days"],
    [day, PRESETS.yearToDate, "今年至今", "Year to date"],
    [
      day,
      { operator: "inThePast", values: [2], unit: "weeks", completed: true },
      "近 2 个完整周",
      "Last 2 whole weeks",
    ],
    [day, rangeValue("2026-11-03", "2026-11-01"), "2026-11-01 至 2026-11-03", "2026-11-01 – 2026-11-03"],
    [day, rangeValue("2026-11-01", null), "2026-11-01 起", "From 2026-11-01"],
    [region, { operator: "equals", values: ["east"] }, "east", "east"],
    [region, { operator: "equals", values: ["a", "b", "c"] }, "a 等 3 项", "a and 2 more"],
    [region, { operator: "equals", values: [null] }, "（空）", "(empty)"],
    [region, { operator: "notEquals", values: ["a", "b"] }, "不含 a、b", "Not a, b"],
    [region, { operator: "include", values: ["a"] }, "包含“a”", "Contains “a”"],
  ] as const)("%#: a value has a text in both languages", (filter, value, chinese, english) => {
    if (!value) throw new Error("The case has no value.");
    const given = { ...value, values: [...value.values] };
    expect([valueText(filter, given, "zh-CN"), valueText(filter, given, "en-US")]).toEqual([chinese, english]);
  });

  it("presets are told from other periods, ranges give their ends back", () => {
    for (const [name, value] of Object.entries(PRESETS)) expect(presetOf(value)).toBe(name);
    expect(presetOf({ operator: "inThePast", values: [8], unit: "days" })).toBeNull();
    expect(rangeOf(rangeValue(null, 5))).toEqual({ from: null, to: 5 });
    expect(rangeValue(null, null)).toBeNull();
  });

  it("a filter's control follows its operator, and dates where it has presets", () => {
    expect(SPEC.filters.map(controlOf)).toEqual(["dateRange", "select", "select"]);
    expect(controlOf({ ...region, operator: "include" })).toBe("text");
    expect(controlOf({ ...region, operator: "inBetween" })).toBe("numberRange");
  });

  it("chips name what restricts the report; a required filter's cannot be taken away", () => {
    const spec = {
      ...SPEC,
      filters: [
        { ...day, default: { field: "day", ...PRESETS.last7Days } },
        { ...region, required: true },
      ],
    };
    const picked = toggleCross(
      { ...NO_QUESTION, filters: { region: { operator: "equals", values: ["east"] } } },
      { element: "regions", field: "region", value: "west" },
    );
    const chips = chipsOf(spec, picked, "zh-CN", () => undefined);
    expect(chips.map(({ key, label, text, removable }) => [key, label, text, removable])).toEqual([
      ["filter:day", "Day", "近 7 天", true],
      ["filter:region", "Region", "east", false],
      ["cross:regions", "Regions", "west", true],
    ]);
    const [first, , last] = chips;
    expect(first && withoutChip(picked, first).filters["day"]).toBeNull();
    expect(last && withoutChip(picked, last).cross).toEqual([]);
  });
});
