import type { ActiveFault, Fault } from "../open-platform/gateway/fault";
import { askDesk } from "./desk-link";
import type { Words } from "./words";

const WEATHERS = ["normal", "slow", "down", "quota"] as const;
type Weather = (typeof WEATHERS)[number];

const FAULTS: Record<Exclude<Weather, "normal">, Fault> = {
  slow: { kind: "latency", milliseconds: 3000 },
  down: { kind: "status", status: 503 },
  quota: { kind: "quota" },
};

const KINDS: Partial<Record<Fault["kind"], Weather>> = { latency: "slow", status: "down", quota: "quota" };

const HINTS: Record<Weather, keyof Words> = {
  normal: "normalHint",
  slow: "slowHint",
  down: "downHint",
  quota: "quotaHint",
};

/** How DingTalk is doing, as a switch with four positions. */
export function WeatherSwitch({ faults, words }: { faults: ActiveFault[]; words: Words }) {
  const current = faults.map(({ fault }) => KINDS[fault.kind]).find((weather) => weather !== undefined) ?? "normal";
  return (
    <div class="weather">
      <div class="weather-row">
        <span id="weather-label">{words.state}</span>
        <div class="segments" role="radiogroup" aria-labelledby="weather-label">
          {WEATHERS.map((weather) => (
            <button
              key={weather}
              type="button"
              role="radio"
              aria-checked={weather === current}
              class={weather === "normal" ? "" : "bad"}
              onClick={() => void change(weather)}
            >
              {words[weather]}
            </button>
          ))}
        </div>
      </div>
      <p>{words[HINTS[current]]}</p>
    </div>
  );
}

async function change(weather: Weather): Promise<void> {
  await askDesk("clearFaults", {});
  if (weather !== "normal") await askDesk("addFault", FAULTS[weather]);
}
