import type { DayFormat } from "../../../core/contract/source/upload";
import { duckdb } from "../query/dialect/dialect";
import { CLOCK_12, CLOCK_24, dayWriting, momentPattern, ZONE } from "./day";
import type { Reading } from "./kind";
import { decimalShape, numberPattern, type NumberWriting } from "./number";

/** The SQL that reads a column's texts, and never gives a value that the text does not hold. */
export interface StrictSql {
  /** The type that its values have, in DuckDB's words. */
  type: string;
  /** Quick tests that a plain text passes, with the value that it then is. */
  quick: { fits: string; value: string } | null;
  /** Whether a text can be read, and its value then. */
  fits: string;
  value: string;
}

/** The texts of a column as values of their reading; the column is SQL. */
export function strictSql(reading: Reading, column: string): StrictSql {
  switch (reading.type) {
    case "String":
      return { type: "VARCHAR", quick: null, fits: "true", value: unwrapped(reading.unwrap, column) };
    case "Integer":
      return integerSql(reading.writing, column);
    case "Decimal":
      return decimalSql(reading.writing, column);
    case "Float":
      return floatSql(reading.writing, column);
    case "Boolean": {
      const word = `lower(trim(${column}))`;
      const fits = `${word} IN (${[...reading.yes, ...reading.no].map(duckdb.literal).join(", ")})`;
      return {
        type: "BOOLEAN",
        quick: null,
        fits,
        value: `${word} IN (${reading.yes.map(duckdb.literal).join(", ")})`,
      };
    }
    case "Time": {
      const text = `trim(${column})`;
      const value = clockSql(text);
      return { type: "TIME", quick: null, fits: both(matches(text, `${CLOCK_24}|${CLOCK_12}`), value), value };
    }
    default:
      return momentSql(reading, column);
  }
}

function unwrapped(unwrap: "" | "formula" | "tab", column: string): string {
  if (unwrap === "") return column;
  if (unwrap === "tab") return `rtrim(${column}, chr(9))`;
  const wrapped = `starts_with(${column}, '="') AND ends_with(${column}, '"') AND length(${column}) > 2`;
  return `CASE WHEN ${wrapped} THEN substr(${column}, 3, length(${column}) - 3) ELSE ${column} END`;
}

function matches(text: string, pattern: string): string {
  return `regexp_full_match(${text}, ${duckdb.literal(pattern)}, 'i')`;
}

function both(fits: string, value: string): string {
  return `(${fits} AND ${value} IS NOT NULL)`;
}

function integerSql(writing: NumberWriting, column: string): StrictSql {
  const cast = `TRY_CAST(${column} AS BIGINT)`;
  const quick = { fits: `${cast}::VARCHAR = ${column} AND length(${column}) <= ${writing.whole}`, value: cast };
  const value = `TRY_CAST(${plainNumber(writing, column)} AS BIGINT)`;
  return { type: "BIGINT", quick, fits: both(matches(column, numberPattern(writing)), value), value };
}

function decimalSql(writing: NumberWriting, column: string): StrictSql {
  const shape = decimalShape(writing);
  if (!shape) throw new Error("A decimal column has more digits than a type.");
  const { type, whole, places } = shape;
  const cast = `TRY_CAST(${column} AS ${type})`;
  const plain = !writing.percent && writing.decimal === ".";
  const quick = plain ? { fits: `starts_with(${cast}::VARCHAR, ${column})`, value: cast } : null;
  const number = `TRY_CAST(${plainNumber(writing, column)} AS ${type})`;
  const scaled = scaledSql(writing, column, number);
  const value = scaled === number ? number : `TRY_CAST(${scaled} AS ${type})`;
  return { type, quick, fits: both(matches(column, numberPattern({ ...writing, whole, places })), value), value };
}

function scaledSql({ percent, tenThousands }: NumberWriting, column: string, number: string): string {
  if (percent) return `${number} * CAST(0.01 AS DECIMAL(3, 2))`;
  if (!tenThousands) return number;
  return `${number} * CASE WHEN contains(${column}, '亿') THEN 100000000 WHEN contains(${column}, '万') THEN 10000 ELSE 1 END`;
}

/** The number without all that stands around its digits. */
function plainNumber({ decimal }: NumberWriting, column: string): string {
  const digits = `regexp_replace(${column}, '[^0-9${decimal}]', '', 'g')`;
  const pointed = decimal === "." ? digits : `replace(${digits}, ',', '.')`;
  return `CASE WHEN contains(${column}, '-') OR contains(${column}, '(') THEN '-' ELSE '' END || ${pointed}`;
}

/** Digits that a double holds, whatever they are. */
const EXACT_DIGITS = 15;

function floatSql(writing: NumberWriting, column: string): StrictSql {
  const text = writing.exponent ? `trim(${column})` : plainNumber(writing, column);
  const value = `TRY_CAST(${text} AS DOUBLE)`;
  const mantissa = `ltrim(regexp_replace(regexp_replace(${text}, '[eE].*', ''), '[^0-9]', '', 'g'), '0')`;
  const kept = `(length(${mantissa}) <= ${EXACT_DIGITS} OR rtrim(${value}::VARCHAR, '0') = rtrim(ltrim(${text}, '+'), '0'))`;
  const finite = `isfinite(${value}) AND (${value} <> 0 OR ${mantissa} = '')`;
  const pattern = matches(column, numberPattern({ ...writing, whole: 300, places: 300 }));
  const fits = `coalesce(${pattern} AND ${kept} AND ${finite}, false)`;
  return { type: "DOUBLE", quick: null, fits, value };
}

function momentSql(reading: Extract<Reading, { format: DayFormat }>, column: string): StrictSql {
  const { type, format } = reading;
  const text = `trim(${column})`;
  const iso = format === "%Y-%m-%d";
  if (type === "Date") {
    const cast = `TRY_CAST(${column} AS DATE)`;
    const quick = iso ? { fits: `${cast}::VARCHAR = ${column} AND length(${column}) = 10`, value: cast } : null;
    const value = daySql(format, text);
    // A day that the person wants of moments is one only where it is midnight.
    const midnight = "(?:[T ]0?0:00(?::00(?:\\.0+)?)?)?";
    const pattern = `${momentPattern(format, "none")}${midnight}`;
    return { type: "DATE", quick, fits: both(matches(text, pattern), value), value };
  }
  const [day, clock] = [daySql(format, text), clockOf(format, text)];
  if (type === "DateTime") {
    const cast = `TRY_CAST(${column} AS TIMESTAMP)`;
    const quick = iso ? { fits: `${cast}::VARCHAR = ${column} AND length(${column}) = 19`, value: cast } : null;
    const value = `(${day} + ${clockSql(clock)})`;
    return { type: "TIMESTAMP", quick, fits: both(matches(text, momentPattern(format, "clock")), value), value };
  }
  const zone = `regexp_extract(${clock}, ${duckdb.literal(`${ZONE}$`)})`;
  const wall = `trim(left(${clock}, length(${clock}) - length(${zone})))`;
  const moment = `(${day} + ${clockSql(wall)})`;
  const value = `CASE WHEN ${zone} = '' THEN timezone(${duckdb.literal(reading.zone)}, ${moment}) ELSE TRY_CAST(${moment}::VARCHAR || ${zone} AS TIMESTAMPTZ) END`;
  return { type: "TIMESTAMPTZ", quick: null, fits: both(matches(text, momentPattern(format, "zone")), value), value };
}

/** The day at the beginning of a text; of a month or quarter its first. */
function daySql(format: DayFormat, text: string): string {
  const { pattern, grain } = dayWriting(format);
  const day = `regexp_extract(${text}, ${duckdb.literal(`^(?:${pattern})`)}, 0, 'i')`;
  if (grain === "month") return `try_strptime(${day} || '-01', ${duckdb.literal(`${format}-%d`)})::DATE`;
  if (grain !== "quarter") return `try_strptime(${day}, ${duckdb.literal(format)})::DATE`;
  const year = `regexp_extract(${text}, '[0-9]{4}')`;
  const quarter = `regexp_extract(replace(${text}, ${year}, ''), '[1-4]')`;
  return `make_date(TRY_CAST(${year} AS INTEGER), TRY_CAST(${quarter} AS INTEGER) * 3 - 2, 1)`;
}

function clockOf(format: DayFormat, text: string): string {
  const day = duckdb.literal(`^(?:${dayWriting(format).pattern})[T ]*`);
  return `regexp_replace(${text}, ${day}, '', 'i')`;
}

const CLOCKS = ["%I:%M %p", "%I:%M:%S %p", "%I:%M%p", "%I:%M:%S%p", "%p %I:%M", "%p %I:%M:%S", "%p%I:%M", "%p%I:%M:%S"];

/** A time of day; midnight where there is none. */
function clockSql(clock: string): string {
  const english = `replace(replace(upper(${clock}), '上午', 'AM'), '下午', 'PM')`;
  const half = `try_strptime(${english}, [${CLOCKS.map(duckdb.literal).join(", ")}])::TIME`;
  return `CASE WHEN ${clock} = '' THEN TIME '00:00:00' WHEN contains(upper(${english}), 'M') THEN ${half} ELSE TRY_CAST(${clock} AS TIME) END`;
}
