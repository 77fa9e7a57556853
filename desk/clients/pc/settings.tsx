import type { Words } from "../words";
import type { PcParts } from "./use-pc";

/** The client's settings: the one that overrides where pages open. */
export function Settings({ pc, words, close }: { pc: PcParts; words: Words; close: () => void }) {
  return (
    <div
      class="client-settings"
      role="dialog"
      aria-label={words.settingsTitle}
      onKeyDown={(event) => event.key === "Escape" && close()}
    >
      <b>{words.settingsTitle}</b>
      <button
        class="setting"
        type="button"
        role="switch"
        aria-checked={pc.keptInside}
        onClick={() => pc.setKeptInside(!pc.keptInside)}
      >
        <span>{words.keepInside}</span>
        <i aria-hidden="true" />
      </button>
      <p>{words.keepInsideHint}</p>
    </div>
  );
}
