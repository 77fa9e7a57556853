import { LRUCache } from "lru-cache";
import { JsonWriter, type ReadyJson } from "../../ready-json";
import type { Card, Cards } from "./card";

/** The oldest moment at which data of the cards began to be read, in ms; `now` where there is none. */
export function dataAsOf(cards: Cards, now: number): number {
  let oldest = now;
  for (const card of Object.values(cards)) {
    if (card.state !== "ready") continue;
    oldest = Math.min(oldest, card.data.asOf, card.trend?.asOf ?? oldest);
  }
  return oldest;
}

/**
 * A reply with cards in it: `ReportView` where there is a specification, written as JSON, `CardsReply` where there is
 * none. `head` holds the reply's other fields.
 */
export function replyWithCards(
  cards: Cards,
  { head = {}, spec, now }: { head?: object; spec?: Buffer; now: number },
): ReadyJson {
  const asOf = new Date(dataAsOf(cards, now)).toISOString();
  const writer = new JsonWriter().text(JSON.stringify({ ...head, dataAsOf: asOf }).slice(0, -1));
  if (spec) writer.text(',"spec":').json(spec);
  writer.text(',"cards":{');
  Object.entries(cards).forEach(([id, card], index) => {
    writer.text(`${index > 0 ? "," : ""}${JSON.stringify(id)}:`);
    writeCard(card, writer);
  });
  return writer.text("}}").end();
}

/** Of replies that are remembered. */
const MAX_BYTES = 16 * 1024 * 1024;

/** Replies put together a moment ago: as long as nothing of a report changes, all who see the same are sent the same bytes. */
export class Replies {
  private readonly known = new LRUCache<string, ReadyJson>({
    maxSize: MAX_BYTES,
    maxEntrySize: MAX_BYTES / 8,
    sizeCalculation: ({ bytes }, key) => 2 * bytes.length + 2 * key.length,
  });

  /** `replyWithCards`, remembered where each card has its data. `head` names the report and its revision. */
  of(cards: Cards, written: { head: object; spec: Buffer; now: number }): ReadyJson {
    const answers = answersOf(cards);
    if (answers === null) return replyWithCards(cards, written);
    const key = JSON.stringify(written.head) + answers;
    const known = this.known.get(key);
    if (known) return known;
    const reply = replyWithCards(cards, written);
    this.known.set(key, reply);
    return reply;
  }
}

/** Which answers the cards show; null where one shows none. */
function answersOf(cards: Cards): string | null {
  let numbers = "";
  for (const id in cards) {
    const card = cards[id];
    if (card?.state !== "ready") return null;
    numbers += ` ${id} ${card.data.number} ${card.trend?.number ?? ""}`;
  }
  return numbers === "" ? null : numbers;
}

/** `CardResult` of the contract. */
function writeCard(card: Card, writer: JsonWriter): void {
  if (card.state !== "ready") return void writer.text(JSON.stringify(card));
  writer.text('{"state":"ready","data":').json(card.data.json);
  if (card.trend) writer.text(',"trend":').json(card.trend.json);
  writer.text("}");
}
