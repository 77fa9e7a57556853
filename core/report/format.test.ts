import type { Format, Scalar } from "../contract/report/query";
import { axisDates, formatDate, formatMoment, formatNumber, formatValue, scaleFor, type Language } from "./format";

const compact: Format = { kind: "number", compact: true };
const yuan: Format = { kind: "currency", currency: "CNY", compact: true };

describe("numbers", () => {
  it.each<[string, number, Format | undefined, Language, string]>([
    ["groups thousands", 1234567, undefined, "zh-CN", "1,234,567"],
    ["keeps at most two digits without a format", 0.126, undefined, "en-US", "0.13"],
    ["drops trailing zeros without a format", 12.5, undefined, "en-US", "12.5"],
    ["keeps the decimals that a format asks for", 5, { kind: "number", decimals: 2 }, "en-US", "5.00"],
    ["stays plain below ten thousand in Chinese", 9999, compact, "zh-CN", "9,999"],
    ["shortens with 万", 12345, compact, "zh-CN", "1.23万"],
    ["needs fewer decimals for more digits", 1234567, compact, "zh-CN", "123.5万"],
    [
      "keeps three digits of a shortened number whose format has no decimals",
      12345,
      { ...yuan, decimals: 0 },
      "zh-CN",
      "¥1.23万",
    ],
    ["drops the decimals of a long one whose format has none", 1234567, { ...yuan, decimals: 0 }, "zh-CN", "¥123万"],
    ["shortens with 亿", 123456789, compact, "zh-CN", "1.23亿"],
    ["moves to 亿 where rounding reaches it", 99999999, compact, "zh-CN", "1亿"],
    ["shortens with K", 1234, compact, "en-US", "1.23K"],
    ["shortens with M", 2_500_000, compact, "en-US", "2.5M"],
    ["shortens with B", 3e9, compact, "en-US", "3B"],
    ["moves to M where rounding reaches it", 999_999, compact, "en-US", "1M"],
    ["keeps more decimals if asked", 123456, { ...compact, decimals: 3 }, "zh-CN", "12.346万"],
    ["puts the minus before the currency", -12345, yuan, "zh-CN", "-¥1.23万"],
    [
      "writes currencies it has no sign for by their code",
      5,
      { kind: "currency", currency: "CHF" },
      "en-US",
      "CHF 5.00",
    ],
    ["reads percentages as fractions", 0.1234, { kind: "percent" }, "zh-CN", "12.3%"],
    ["shows negative percentages", -0.5, { kind: "percent", decimals: 0 }, "en-US", "-50%"],
    ["shows what is not zero by its first digits, however it is rounded", 0.00432, undefined, "zh-CN", "0.0043"],
    ["so also with decimals", 0.4, { kind: "number", decimals: 0 }, "en-US", "0.4"],
    ["and as a percentage", -0.0001, { kind: "percent" }, "en-US", "-0.01%"],
    ["and as an amount", 0.0004, yuan, "zh-CN", "¥0.0004"],
    ["and what is very small with an exponent", 1.234e-12, undefined, "en-US", "1.2e-12"],
    ["shows digits to be read as they are", 2025, { kind: "text", compact: true }, "zh-CN", "2025"],
    ["appends a unit", 12, { kind: "number", unit: "min" }, "en-US", "12 min"],
    ["shows zero as zero", 0, compact, "zh-CN", "0"],
    ["shows what is no number as nothing", NaN, undefined, "zh-CN", "–"],
    ["shows what has no end as nothing", Infinity, compact, "en-US", "–"],
  ])("%s", (_rule, value, format, language, text) => {
    expect(formatNumber(value, format, language)).toBe(text);
  });

  it("chooses one unit for a whole axis by its largest number", () => {
    expect(scaleFor(250_000_000, "zh-CN")).toEqual({ divisor: 1e8, suffix: "亿" });
    expect(scaleFor(999, "en-US")).toEqual({ divisor: 1, suffix: "" });
    expect(scaleFor(-20_000, "zh-CN").suffix).toBe("万");
  });
});

describe("values", () => {
  const number = { type: "number" as const };

  it.each<[string, Scalar | undefined, string]>([
    ["null", null, "–"],
    ["an absent value", undefined, "–"],
    ["zero", 0, "0"],
  ])("shows %s of a number column as it is", (_case, value, text) => {
    expect(formatValue(value, number, "zh-CN")).toBe(text);
  });

  it("keeps every digit of an integer beyond 2^53", () => {
    expect(formatValue("9007199254740993", number, "en-US")).toBe("9,007,199,254,740,993");
    expect(formatValue("-9007199254740993", number, "en-US")).toBe("-9,007,199,254,740,993");
  });

  it("shortens an integer beyond 2^53 where the format shortens", () => {
    const column = { type: "number" as const, format: compact };
    expect(formatValue("90071992547409930", column, "zh-CN")).toBe("900,719,925.5亿");
  });

  it("says yes and no in the reader's language", () => {
    expect(formatValue(true, { type: "boolean" }, "zh-CN")).toBe("是");
    expect(formatValue(false, { type: "boolean" }, "en-US")).toBe("No");
  });

  it("leaves text as it is", () => {
    expect(formatValue("华东", { type: "string" }, "en-US")).toBe("华东");
  });
});

describe("dates", () => {
  it.each<[Parameters<typeof formatDate>[1], Language, string]>([
    ["day", "zh-CN", "2026-11-02"],
    ["day", "en-US", "Nov 2, 2026"],
    ["week", "zh-CN", "2026-11-02 当周"],
    ["week", "en-US", "Week of Nov 2, 2026"],
    ["month", "zh-CN", "2026年11月"],
    ["month", "en-US", "Nov 2026"],
    ["quarter", "zh-CN", "2026年Q4"],
    ["quarter", "en-US", "Q4 2026"],
    ["year", "zh-CN", "2026年"],
    ["year", "en-US", "2026"],
    [undefined, "zh-CN", "2026-11-02"],
  ])("shows a %s in %s as %s", (grain, language, text) => {
    expect(formatDate("2026-11-02", grain, language)).toBe(text);
  });

  it("shows what is no date as it came", () => {
    expect(formatDate("soon", "day", "zh-CN")).toBe("soon");
  });

  it("leaves the year out along an axis of one year only", () => {
    expect(axisDates(["2026-01-31", "2026-02-01"], "day", "zh-CN")).toEqual(["1/31", "2/1"]);
    expect(axisDates(["2025-12-31", "2026-01-01"], "day", "zh-CN")).toEqual(["25/12/31", "26/1/1"]);
    expect(axisDates(["2026-01-01", "2026-02-01"], "month", "en-US")).toEqual(["Jan", "Feb"]);
    expect(axisDates(["2025-12-01", "2026-01-01"], "month", "zh-CN")).toEqual(["2025/12", "2026/1"]);
    expect(axisDates(["2026-10-01"], "quarter", "en-US")).toEqual(["Q4 2026"]);
  });

  it("names the year of a moment only where it is another one", () => {
    const now = new Date(2026, 10, 22).getTime();
    expect(formatMoment(new Date(2026, 10, 2, 9, 5).toISOString(), now, "zh-CN")).toBe("11月2日 09:05");
    expect(formatMoment(new Date(2025, 10, 2, 9, 5).toISOString(), now, "en-US")).toBe("Nov 2, 2025, 09:05");
    expect(formatMoment("never", now, "zh-CN")).toBe("–");
  });
});
