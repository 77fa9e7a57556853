import { useEffect, useState } from "preact/hooks";
import { Icon, type IconName } from "../icons";
import type { Words } from "../words";
import { CloseButton } from "./dingtalk-window";
import { PageFrame } from "./page-frame";
import type { PcParts } from "./use-pc";

/** The system browser: it knows nothing of DingTalk, and DingTalk nothing of it. */
export function BrowserWindow({ pc, words }: { pc: PcParts; words: Words }) {
  const { browser, front } = pc.state;
  return (
    <article
      class={`window browser ${front === "browser" ? "front" : ""}`}
      aria-label={words.browser}
      onPointerDown={() => pc.raise("browser")}
    >
      <header class="browser-title">
        <span class="browser-tab">
          <Icon name="globe" size={14} />
          <span>{browser ? browser.title || browser.url : words.startPage}</span>
        </span>
        <CloseButton label={words.close} act={pc.closeBrowser} />
      </header>
      <Toolbar pc={pc} words={words} />
      <div class="browser-body">
        {browser ? (
          <PageFrame key={browser.id} opened={browser} pc={pc} words={words} />
        ) : (
          <div class="foreign">
            <b>{words.startPage}</b>
            <p>{words.startPageHint}</p>
          </div>
        )}
      </div>
    </article>
  );
}

function Toolbar({ pc, words }: { pc: PcParts; words: Words }) {
  const { browser } = pc.state;
  const url = browser?.url ?? "";
  const [typed, setTyped] = useState(url);
  useEffect(() => setTyped(url), [url]);
  const step = (way: "back" | "forward" | "reload") => () => browser && pc.step(browser.id, way);
  return (
    <form
      class="toolbar"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.trim()) pc.browse(typed);
      }}
    >
      <Step icon="back" label={words.back} isOff={!browser?.canGoBack} act={step("back")} />
      <Step icon="forward" label={words.forward} isOff={!browser?.canGoForward} act={step("forward")} />
      <Step icon="reload" label={words.refresh} isOff={!browser} act={step("reload")} />
      <input
        class="address"
        aria-label={words.address}
        value={typed}
        spellcheck={false}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
      />
    </form>
  );
}

function Step(props: { icon: IconName; label: string; isOff: boolean; act: () => void }) {
  const { icon, label, isOff, act } = props;
  return (
    <button class="tool" type="button" aria-label={label} title={label} disabled={isOff} onClick={act}>
      <Icon name={icon} size={16} />
    </button>
  );
}
