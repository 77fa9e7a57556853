import { CardData, type Scalar } from "../../../core/contract/report/query";

/** What answering a question took, for editors and for the log of slow queries. */
export interface Cost {
  /** The engine's name: `duckdb`, `postgresql`, ... */
  engine: string;
  /** With placeholders in the SQL where the question has values. */
  statements: { sql: string; values: Scalar[] }[];
  /** How long the engine worked, and how long the question waited for its turn, in ms. */
  engineMs: number;
  queueMs: number;
}

let answers = 0;

/** An answer ready to be sent: written as JSON once, read back only where its values are needed. */
export class Answer {
  /** Whose `CardData` of the contract it is, in UTF-8. */
  readonly json: Buffer;
  /** No other answer of this process has it. */
  readonly number = (answers += 1);
  readonly rows: number;
  /** The moment at which the engine began to be asked, in ms. */
  readonly computedAt: number;
  /** The moment from which the data is: earlier than the question where the engine holds a copy. */
  readonly asOf: number;

  constructor(
    data: CardData,
    { computedAt, asOf }: { computedAt: number; asOf: number },
    readonly cost: Cost,
  ) {
    this.computedAt = computedAt;
    this.asOf = asOf;
    this.json = Buffer.from(JSON.stringify(cut(data)));
    this.rows = data.rowCount;
  }

  data(): CardData {
    return JSON.parse(this.json.toString()) as CardData;
  }
}

const MAX_TEXT = 1_000;

const Head = CardData.omit({ values: true });

/** Only what the contract names, and no text longer than it allows. The values need no schema: an engine has no others. */
function cut(data: CardData): CardData {
  return { ...Head.parse(data), values: data.values.map(cutValues) };
}

function cutValues(values: Scalar[]): Scalar[] {
  return values.some(isTooLong) ? values.map((value) => (isTooLong(value) ? shortened(value) : value)) : values;
}

function isTooLong(value: Scalar): value is string {
  return typeof value === "string" && value.length > MAX_TEXT;
}

function shortened(text: string): string {
  return `${text.slice(0, MAX_TEXT - 1)}…`;
}
