import type { Person } from "../../open-platform/control/contract";
import { Icon } from "../icons";
import type { Language, Words } from "../words";
import { BrowserWindow } from "./browser-window";
import { DingTalkWindow } from "./dingtalk-window";
import { usePc } from "./use-pc";

interface PcProps {
  person: Person;
  product: string | null;
  language: Language;
  words: Words;
}

/** A PC on the desk: DingTalk's client and a system browser, which share nothing. */
export function Pc({ product, ...rest }: PcProps) {
  if (product === null)
    return (
      <section class="pc-missing">
        <b>{rest.words.noPc}</b>
        <p>{rest.words.noPcHint}</p>
      </section>
    );
  return <Screen product={product} {...rest} />;
}

function Screen({ person, product, language, words }: PcProps & { product: string }) {
  const pc = usePc(person, product, language);
  const { front, hasBrowser } = pc.state;
  return (
    <section class="pc" aria-label={words.pc}>
      <div class={`pc-screen ${hasBrowser ? "two" : "one"}`}>
        <DingTalkWindow person={person} pc={pc} language={language} words={words} />
        {hasBrowser && <BrowserWindow pc={pc} words={words} />}
      </div>
      <nav class="taskbar">
        <button
          type="button"
          aria-pressed={front === "dingtalk"}
          onClick={() => pc.raise("dingtalk")}
          data-window="dingtalk"
        >
          <Icon name="message" size={16} />
          {words.dingtalk}
        </button>
        <button
          type="button"
          aria-pressed={front === "browser"}
          onClick={hasBrowser ? () => pc.raise("browser") : pc.openBrowser}
          data-window="browser"
        >
          <Icon name="globe" size={16} />
          {words.browser}
        </button>
      </nav>
    </section>
  );
}
