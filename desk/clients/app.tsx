import { useEffect, useState } from "preact/hooks";
import { Calls } from "./calls";
import { followDesk } from "./desk-link";
import { People } from "./people";
import { Phone } from "./phone";
import type { DeskState } from "./state";
import { firstLanguage, keepLanguage, type Language, WORDS } from "./words";

const LANGUAGES: [Language, string][] = [
  ["zh-CN", "中文"],
  ["en-US", "EN"],
];

/** The whole page: who, the phone, and what it costs. The person stands in the address behind `#`. */
export function App() {
  const [state, setState] = useState<DeskState | null>(null);
  const [isLost, setIsLost] = useState(false);
  const [language, setLanguage] = useState(firstLanguage);
  const [who, setWho] = useState(() => decodeURIComponent(location.hash.slice(1)));
  const words = WORDS[language];

  useEffect(() => followDesk(setState, setIsLost), []);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = `Dingboard · ${words.tagline}`;
    keepLanguage(language);
  }, [language, words]);

  if (!state) return null;
  const person = state.people.find((one) => one.who === who) ?? state.people[0] ?? null;
  const choose = (next: string): void => {
    history.replaceState(null, "", `#${encodeURIComponent(next)}`);
    setWho(next);
  };
  return (
    <>
      <Top language={language} setLanguage={setLanguage} tagline={words.tagline} />
      {isLost && (
        <p class="lost" role="status">
          {words.lost}
        </p>
      )}
      <div class="desk">
        <People people={state.people} chosen={person?.who ?? null} language={language} words={words} choose={choose} />
        {person && <Phone person={person} language={language} words={words} />}
        <Calls state={state} corpId={person?.corpId ?? null} language={language} words={words} />
      </div>
    </>
  );
}

interface TopProps {
  language: Language;
  setLanguage: (language: Language) => void;
  tagline: string;
}

function Top({ language, setLanguage, tagline }: TopProps) {
  return (
    <header class="top">
      <span class="logo" aria-hidden="true">
        <svg width="16" height="16" viewBox="0 0 16 16">
          <path d="M3 13V9M8 13V3M13 13V7" />
        </svg>
      </span>
      <h1>Dingboard</h1>
      <span class="tagline">{tagline}</span>
      <div class="segments" role="radiogroup" aria-label="Language / 语言">
        {LANGUAGES.map(([value, label]) => (
          <button
            key={value}
            type="button"
            role="radio"
            aria-checked={value === language}
            onClick={() => setLanguage(value)}
          >
            {label}
          </button>
        ))}
      </div>
    </header>
  );
}
