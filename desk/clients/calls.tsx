import type { MonthUse } from "../open-platform/control/contract";
import type { LedgerCall } from "../open-platform/gateway/ledger";
import { askDesk } from "./desk-link";
import type { DeskState } from "./state";
import { WeatherSwitch } from "./weather";
import type { Language, Words } from "./words";

interface CallsProps {
  state: DeskState;
  corpId: string | null;
  language: Language;
  words: Words;
}

/** What the app's server asked of DingTalk, and what it cost. */
export function Calls({ state, corpId, language, words }: CallsProps) {
  const month = state.months.find((one) => one.corpId === corpId);
  const exempt = state.calls.filter((call) => call.corpId === corpId && call.cost === "exempt").length;
  return (
    <section class="calls" aria-label={words.calls}>
      <header>
        <h2>{words.calls}</h2>
        <button class="quiet" type="button" onClick={() => void askDesk("clearCalls", {})}>
          {words.clear}
        </button>
      </header>
      <p class="lead">{words.callsHint}</p>
      {month && <Meter month={month} exempt={exempt} language={language} words={words} />}
      <WeatherSwitch faults={state.faults} words={words} />
      {state.calls.length === 0 ? <NoCalls words={words} /> : <CallList calls={state.calls} words={words} />}
    </section>
  );
}

interface MeterProps {
  month: MonthUse;
  exempt: number;
  language: Language;
  words: Words;
}

function Meter({ month, exempt, language, words }: MeterProps) {
  const text = (count: number): string => count.toLocaleString(language);
  return (
    <div class="meter">
      <p>
        <b>{text(month.used)}</b>
        <span>
          / {text(month.limit)} {words.monthUsed}
        </span>
        <span class="meter-exempt">
          {text(exempt)} {words.exemptShown}
        </span>
      </p>
      <progress max={month.limit} value={month.used} />
    </div>
  );
}

function NoCalls({ words }: { words: Words }) {
  return (
    <div class="no-calls">
      <b>{words.noCalls}</b>
      <p>{words.noCallsHint}</p>
    </div>
  );
}

function CallList({ calls, words }: { calls: LedgerCall[]; words: Words }) {
  return (
    <ol class="call-list">
      {calls.map((call) => (
        <Call key={call.number} call={call} words={words} />
      ))}
    </ol>
  );
}

function Call({ call, words }: { call: LedgerCall; words: Words }) {
  const isBad = call.error !== null || (call.status !== null && call.status >= 400);
  return (
    <li>
      <code title={call.api}>{call.api}</code>
      <span class={isBad ? "outcome bad" : "outcome"}>{outcomeOf(call, words)}</span>
      <small>
        {new Date(call.time).toLocaleTimeString("en-GB")}
        <span>
          {call.method} {call.dialect}
        </span>
        <span class={`cost ${call.cost}`}>{words[call.cost]}</span>
      </small>
      <small class="took">{call.milliseconds !== null && `${call.milliseconds} ms`}</small>
    </li>
  );
}

/** The code that tells most: DingTalk's own, else the HTTP status. */
function outcomeOf(call: LedgerCall, words: Words): string {
  if (call.milliseconds === null) return words.running;
  if (call.status === null) return words.gone;
  return call.error === null ? String(call.status) : call.error.split(".").slice(-1).join();
}
