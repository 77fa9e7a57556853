import type { EngineName } from "../dialect/dialect";

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Words of a SELECT. Every other word is a name, and is written as one: no other clause or statement can be said. */
export const KEYWORDS = words(
  `SELECT DISTINCT ALL FROM WHERE GROUP BY HAVING ORDER LIMIT OFFSET AS ON USING JOIN INNER LEFT RIGHT FULL OUTER CROSS
   UNION EXCEPT INTERSECT WITH AND OR NOT IN IS NULL TRUE FALSE LIKE BETWEEN EXISTS CASE WHEN THEN ELSE END ASC DESC NULLS
   FIRST LAST OVER PARTITION ROWS RANGE UNBOUNDED PRECEDING FOLLOWING CURRENT ROW FILTER CAST EXTRACT INTERVAL ANY SOME`,
);

/** Words of a window, which some engines have as functions too: DuckDB's `range` makes any number of rows. */
export const NEVER_CALLED = words("RANGE ROWS FIRST LAST CURRENT UNBOUNDED PRECEDING FOLLOWING NULLS PARTITION");

/** What a date is taken apart by; words only where a unit is expected. */
export const UNITS = words(
  "YEAR QUARTER MONTH WEEK DAY HOUR MINUTE SECOND YEARS MONTHS WEEKS DAYS HOURS MINUTES SECONDS",
);

/** What may stand behind `AS` in a cast, and behind `::`. */
export const TYPES = words(
  `INTEGER INT BIGINT SMALLINT DOUBLE PRECISION FLOAT REAL DECIMAL NUMERIC VARCHAR TEXT CHAR BOOLEAN DATE TIMESTAMP DATETIME
   TIME SIGNED UNSIGNED INT32 INT64 FLOAT64 STRING`,
);

const COMMON = `count sum avg min max abs round floor ceil ceiling mod power sqrt sign coalesce nullif greatest least lower
  upper trim ltrim rtrim replace length char_length substring concat left right row_number rank dense_rank ntile lag lead
  first_value last_value`;

/**
 * The functions that a SQL of each engine may call. They compute with what they are given: none reads a file, another
 * server, the engine's own state or settings, waits, or makes much of little.
 */
export const FUNCTIONS: Record<EngineName, ReadonlySet<string>> = {
  duckdb: words(`${COMMON} date_trunc date_part date_diff strftime year month day quarter week isodow median ifnull`),
  postgresql: words(`${COMMON} date_trunc date_part to_char split_part make_date stddev variance`),
  mysql: words(
    `${COMMON} ifnull if date year month day dayofmonth quarter week weekday date_format datediff timestampdiff last_day`,
  ),
  clickhouse: words(
    `${COMMON} todate todatetime tostartofday tostartofweek tostartofmonth tostartofquarter tostartofyear toyear tomonth
     tostring tofloat64 toint64 if ifnull uniqexact countif sumif datediff formatdatetime`,
  ),
};

/** Names that tell of the session who asks and where. */
export const OF_THE_SESSION = words("user current_user session_user current_database database schema");

/** Functions whose first argument is a unit. */
export const TAKES_UNIT = words("EXTRACT TIMESTAMPDIFF");
