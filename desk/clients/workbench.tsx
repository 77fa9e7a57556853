import type { Person } from "../open-platform/control/contract";
import { Icon, type IconName } from "./icons";
import { organisationName } from "./people";
import type { Language, Words } from "./words";

interface WorkbenchProps {
  person: Person;
  language: Language;
  words: Words;
  open: () => void;
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

const TABS: [IconName, keyof Words][] = [
  ["message", "messages"],
  ["projects", "projects"],
  ["grid", "workbench"],
  ["contacts", "contacts"],
  ["me", "me"],
];

/** DingTalk's Workbench as a start screen: the app's icon is real, its neighbours are scenery. */
export function Workbench({ person, language, words, open }: WorkbenchProps) {
  return (
    <div class="workbench">
      <StatusBar />
      <header>
        <span class="company">
          {organisationName(person, language)}
          <Icon name="down" size={16} />
        </span>
        <Icon name="search" size={22} />
      </header>
      <main>
        <section>
          <h4>{words.companyApps}</h4>
          <div class="app-grid">
            <button class="app-icon" type="button" onClick={open}>
              <span class="app-mark">
                <Icon name="chart" size={26} />
              </span>
              Dingboard
            </button>
          </div>
        </section>
        <section>
          <h4>{words.everyday}</h4>
          <div class="app-grid" aria-hidden="true">
            {EVERYDAY.map(([icon, word]) => (
              <span class="app-icon scenery" key={word}>
                <span class="app-mark">
                  <Icon name={icon} size={24} />
                </span>
                {words[word]}
              </span>
            ))}
          </div>
        </section>
      </main>
      <footer aria-hidden="true">
        {TABS.map(([icon, word]) => (
          <span key={word} class={word === "workbench" ? "here" : ""}>
            <Icon name={icon} size={22} />
            {words[word]}
          </span>
        ))}
      </footer>
    </div>
  );
}

function StatusBar() {
  const time = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  return (
    <div class="status-bar" aria-hidden="true">
      <b>{time}</b>
      <svg width="18" height="10" viewBox="0 0 18 10">
        <path d="M1 9V7M5 9V5M9 9V3M13 9V1" />
      </svg>
      <svg width="22" height="10" viewBox="0 0 22 10">
        <rect x=".5" y=".5" width="18" height="9" rx="2.500" />
        <rect class="full" x="2" y="2" width="13" height="6" rx="1.200" />
      </svg>
    </div>
  );
}
