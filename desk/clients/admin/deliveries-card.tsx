import type { Delivery } from "../../open-platform/events/delivery";
import { askDesk } from "../desk-link";
import type { DeskState } from "../state";
import { Card, Fault } from "./parts";
import { useDeed, useLoaded } from "./use-loaded";
import type { AdminWords } from "./words";

const SHOWN = 100;

interface DeliveriesCardProps {
  state: DeskState;
  corpId: string;
  words: AdminWords;
}

/** What was pushed to the apps of this organisation, newest first; a suite's tickets belong to no organisation. */
export function DeliveriesCard({ state, corpId, words }: DeliveriesCardProps) {
  const { value, fault } = useLoaded(() => askDesk("deliveries", {}), state, []);
  const { isBusy, fault: refused, run } = useDeed();
  const all = value?.deliveries ?? [];
  const shown = all
    .filter((one) => one.corpId === corpId || one.corpId === "")
    .reverse()
    .slice(0, SHOWN);
  const isOpen = shown.some(({ state: now }) => now === "waiting" || now === "lost");
  const retry = (
    <button
      class="quiet"
      type="button"
      disabled={isBusy || !isOpen}
      onClick={() => void run(() => askDesk("retryEvents", {}))}
    >
      {words.retry}
    </button>
  );
  return (
    <Card title={words.deliveries} hint={words.deliveriesHint} beside={retry}>
      <Fault text={refused ?? fault} words={words} />
      {value && shown.length === 0 && (
        <div class="no-calls">
          <b>{words.noDeliveries}</b>
          <p>{words.noDeliveriesHint}</p>
        </div>
      )}
      <ol class="admin-deliveries">
        {shown.map((one) => (
          <Row key={one.number} delivery={one} words={words} />
        ))}
      </ol>
    </Card>
  );
}

function Row({ delivery, words }: { delivery: Delivery; words: AdminWords }) {
  const { type, state, tries, mode, to, fault, body } = delivery;
  const tone = state === "delivered" ? "good" : state === "sending" ? "" : "bad";
  return (
    <li>
      <details>
        <summary>
          <code>{type}</code>
          <span class={`admin-mark ${tone}`}>{words[state]}</span>
          <small>
            {mode} → {to}
            {tries > 1 && ` · ${tries} ${words.tries}`}
          </small>
          {fault !== null && <small class="bad">{fault}</small>}
        </summary>
        <pre>{body}</pre>
      </details>
    </li>
  );
}
