import type { Person } from "../../open-platform/control/contract";
import { Icon, type IconName } from "../icons";
import { organisationName } from "../people";
import type { Language, Words } from "../words";
import type { PcParts } from "./use-pc";

interface ApplicationsProps {
  person: Person;
  pc: PcParts;
  language: Language;
  words: Words;
}

const EVERYDAY: [IconName, keyof Words][] = [
  ["clock", "attendance"],
  ["stamp", "approval"],
  ["calendar", "calendar"],
  ["log", "log"],
  ["drive", "drive"],
  ["mail", "mail"],
  ["form", "form"],
];

/** The Workbench on PC: the app as a mini program and as a web application are real, their neighbours scenery. */
export function Applications({ person, pc, language, words }: ApplicationsProps) {
  return (
    <div class="applications">
      <h3>{organisationName(person, language)}</h3>
      <h4>{words.companyApps}</h4>
      <div class="application-grid">
        <App kind={words.miniProgram} open={pc.openMiniProgram} name="mini-program" />
        <App kind={words.webApp} open={pc.openWebApp} name="web-app" />
      </div>
      <h4>{words.everyday}</h4>
      <div class="application-grid" aria-hidden="true">
        {EVERYDAY.map(([icon, word]) => (
          <span key={word} class="application scenery">
            <span class="app-mark">
              <Icon name={icon} size={20} />
            </span>
            <b>{words[word]}</b>
          </span>
        ))}
      </div>
    </div>
  );
}

function App({ kind, open, name }: { kind: string; open: () => void; name: string }) {
  return (
    <button class="application" type="button" onClick={open} data-app={name}>
      <span class="app-mark">
        <Icon name="chart" size={22} />
      </span>
      <span>
        <b>Dingboard</b>
        <small>{kind}</small>
      </span>
    </button>
  );
}
