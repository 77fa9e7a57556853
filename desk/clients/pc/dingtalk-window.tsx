import { useState } from "preact/hooks";
import type { Person } from "../../open-platform/control/contract";
import { Avatar } from "../avatar";
import { Icon, type IconName } from "../icons";
import type { Language, Words } from "../words";
import { Applications } from "./applications";
import { Chat } from "./chat";
import { PageFrame } from "./page-frame";
import { Settings } from "./settings";
import { CHAT, type Opened } from "./state";
import type { PcParts } from "./use-pc";

interface ClientProps {
  person: Person;
  pc: PcParts;
  language: Language;
  words: Words;
}

const SCENERY: [IconName, keyof Words][] = [
  ["document", "documents"],
  ["projects", "projects"],
];

/** DingTalk's PC client with its Workbench in front: tabs of apps, and a side panel. */
export function DingTalkWindow({ person, pc, language, words }: ClientProps) {
  const { tabs, active, panel, front } = pc.state;
  return (
    <article
      class={`window client ${front === "dingtalk" ? "front" : ""}`}
      aria-label={words.dingtalk}
      onPointerDown={() => pc.raise("dingtalk")}
    >
      <Rail person={person} pc={pc} words={words} />
      <div class="client-main">
        <TabStrip pc={pc} words={words} />
        <div class="client-body">
          <div class="client-page" hidden={active !== null}>
            <Applications person={person} pc={pc} language={language} words={words} />
          </div>
          <div class="client-page" hidden={active !== CHAT}>
            <Chat pc={pc} words={words} />
          </div>
          {tabs.map((tab) => (
            <div key={tab.id} class="client-page" hidden={tab.id !== active}>
              <PageFrame opened={tab} pc={pc} words={words} />
            </div>
          ))}
          {panel && <SidePanel panel={panel} pc={pc} words={words} />}
        </div>
      </div>
    </article>
  );
}

function Rail({ person, pc, words }: { person: Person; pc: PcParts; words: Words }) {
  const [isOpen, setIsOpen] = useState(false);
  const inChat = pc.state.active === CHAT;
  return (
    <div class="rail">
      <Avatar name={person.name} />
      <button class={`rail-item ${inChat ? "here" : ""}`} type="button" onClick={() => pc.show(CHAT)} data-rail="chat">
        <Icon name="message" size={20} />
        {words.messages}
      </button>
      {SCENERY.map(([icon, word]) => (
        <span key={word} class="rail-item" aria-hidden="true">
          <Icon name={icon} size={20} />
          {words[word]}
        </span>
      ))}
      <button
        class={`rail-item ${inChat ? "" : "here"}`}
        type="button"
        onClick={() => pc.show(null)}
        data-rail="workbench"
      >
        <Icon name="grid" size={20} />
        {words.workbench}
      </button>
      <span class="rail-item" aria-hidden="true">
        <Icon name="contacts" size={20} />
        {words.contacts}
      </span>
      <button
        class="rail-item rail-end"
        type="button"
        aria-expanded={isOpen}
        aria-haspopup="dialog"
        onClick={() => setIsOpen(!isOpen)}
      >
        <Icon name="settings" size={20} />
        {words.settings}
      </button>
      {isOpen && <Settings pc={pc} words={words} close={() => setIsOpen(false)} />}
    </div>
  );
}

function TabStrip({ pc, words }: { pc: PcParts; words: Words }) {
  const { tabs, active } = pc.state;
  return (
    <div class="tab-strip" role="tablist">
      <button class="tab" type="button" role="tab" aria-selected={active === null} onClick={() => pc.show(null)}>
        <Icon name="grid" size={14} />
        <span>{words.workbench}</span>
      </button>
      {tabs.map((tab) => (
        <span key={tab.id} class="tab" role="presentation">
          <button type="button" role="tab" aria-selected={tab.id === active} onClick={() => pc.show(tab.id)}>
            <span>{tab.title || tab.url}</span>
          </button>
          <CloseButton label={`${words.close} ${tab.title}`} act={() => pc.close(tab.id)} />
        </span>
      ))}
    </div>
  );
}

function SidePanel({ panel, pc, words }: { panel: Opened; pc: PcParts; words: Words }) {
  return (
    <aside class="side-panel" aria-label={panel.title}>
      <header>
        <span>{panel.title || panel.url}</span>
        <CloseButton label={words.close} act={() => pc.close(panel.id)} />
      </header>
      <PageFrame key={panel.id} opened={panel} pc={pc} words={words} />
    </aside>
  );
}

/** A small cross. */
export function CloseButton({ label, act }: { label: string; act: () => void }) {
  return (
    <button class="cross" type="button" aria-label={label} title={label} onClick={act}>
      <Icon name="close" size={14} />
    </button>
  );
}
