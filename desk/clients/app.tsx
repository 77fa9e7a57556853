import { useEffect, useState } from "preact/hooks";
import type { Person } from "../open-platform/control/contract";
import { Admin } from "./admin/admin";
import { ADMIN_WORDS } from "./admin/words";
import { Calls } from "./calls";
import { followDesk } from "./desk-link";
import { People } from "./people";
import { Pc } from "./pc/pc";
import { Phone } from "./phone";
import type { DeskState } from "./state";
import { Segments } from "./segments";
import { firstLanguage, keepLanguage, type Language, type Words, WORDS } from "./words";

const LANGUAGES: [Language, string][] = [
  ["zh-CN", "中文"],
  ["en-US", "EN"],
];

/** What stands on the desk; `/` is the phone, `/pc` the PC, `/admin` the administrator's page. */
type Device = "phone" | "pc" | "admin";

const PATHS: Record<Device, string> = { phone: "/", pc: "/pc", admin: "/admin" };

const deviceHere = (): Device =>
  (Object.keys(PATHS) as Device[]).find((device) => PATHS[device] === location.pathname) ?? "phone";

/** The whole page: who, the device, and what it costs. The person stands in the address behind `#`. */
export function App() {
  const [state, setState] = useState<DeskState | null>(null);
  const [isLost, setIsLost] = useState(false);
  const [language, setLanguage] = useState(firstLanguage);
  const [who, setWho] = useState(() => decodeURIComponent(location.hash.slice(1)));
  const [device, setDevice] = useState(deviceHere);
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
  const put = (next: Device): void => {
    history.replaceState(null, "", `${PATHS[next]}${location.hash}`);
    setDevice(next);
  };
  return (
    <>
      <Top language={language} setLanguage={setLanguage} device={device} setDevice={put} words={words} />
      {isLost && (
        <p class="lost" role="status">
          {words.lost}
        </p>
      )}
      {device === "admin" ? (
        <Admin state={state} first={person?.corpId ?? null} language={language} />
      ) : (
        <Desk state={state} person={person} choose={choose} device={device} language={language} words={words} />
      )}
    </>
  );
}

interface DeskProps {
  state: DeskState;
  person: Person | null;
  choose: (who: string) => void;
  device: Device;
  language: Language;
  words: Words;
}

function Desk({ state, person, choose, device, language, words }: DeskProps) {
  const isPc = device === "pc";
  return (
    <div class={`desk with-${device}`}>
      <People
        people={state.people}
        chosen={person?.who ?? null}
        language={language}
        words={isPc ? { ...words, who: words.onPc, whoHint: words.onPcHint } : words}
        choose={choose}
      />
      {person && !isPc && <Phone person={person} language={language} words={words} />}
      {person && isPc && (
        <Pc key={person.who} person={person} product={state.product} language={language} words={words} />
      )}
      <Calls state={state} corpId={person?.corpId ?? null} language={language} words={words} />
    </div>
  );
}

interface TopProps {
  language: Language;
  setLanguage: (language: Language) => void;
  device: Device;
  setDevice: (device: Device) => void;
  words: Words;
}

function Top({ language, setLanguage, device, setDevice, words }: TopProps) {
  const devices: [Device, string][] = [
    ["phone", words.phone],
    ["pc", words.pc],
    ["admin", ADMIN_WORDS[language].admin],
  ];
  return (
    <header class="top">
      <span class="logo" aria-hidden="true">
        <svg width="16" height="16" viewBox="0 0 16 16">
          <path d="M3 13V9M8 13V3M13 13V7" />
        </svg>
      </span>
      <h1>Dingboard</h1>
      <span class="tagline">{words.tagline}</span>
      <Segments
        label={devices.map(([, name]) => name).join(" / ")}
        options={devices}
        value={device}
        choose={setDevice}
      />
      <Segments label="Language / 语言" options={LANGUAGES} value={language} choose={setLanguage} />
    </header>
  );
}
