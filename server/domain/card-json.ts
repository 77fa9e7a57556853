import { JsonWriter, type ReadyJson } from "../ready-json";
import type { Card, Cards } from "./card";

/** The oldest moment at which data of the cards began to be read, in ms; `now` where there is none. */
export function dataAsOf(cards: Cards, now: number): number {
  let oldest = now;
  for (const card of Object.values(cards)) {
    if (card.state !== "ready") continue;
    oldest = Math.min(oldest, card.data.computedAt, card.trend?.computedAt ?? oldest);
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

/** `CardResult` of the contract. */
function writeCard(card: Card, writer: JsonWriter): void {
  if (card.state !== "ready") return void writer.text(JSON.stringify(card));
  writer.text('{"state":"ready","data":').json(card.data.json);
  if (card.trend) writer.text(',"trend":').json(card.trend.json);
  writer.text("}");
}
