import { useEffect, useState } from "preact/hooks";
import type { Person } from "../open-platform/control/contract";
import { Icon } from "./icons";
import { type Opening, Scan } from "./scan";
import { Workbench } from "./workbench";
import type { Language, Words } from "./words";

interface PhoneProps {
  person: Person;
  language: Language;
  words: Words;
}

/** A phone in the person's hand: the Workbench, or the mini program that was tapped there. */
export function Phone({ person, language, words }: PhoneProps) {
  const [opened, setOpened] = useState(0);
  const [isOpen, setIsOpen] = useState(false);
  const [isScanning, setIsScanning] = useState(false);
  const [target, setTarget] = useState<Opening | null>(null);
  const open = (scanned: Opening | null): void => {
    setTarget(scanned);
    setOpened((count) => count + 1);
    setIsOpen(true);
    setIsScanning(false);
  };

  useEffect(() => {
    setIsOpen(false);
    setIsScanning(false);
  }, [person.who]);
  useEffect(() => onClosed(() => setIsOpen(false)), []);

  const address = addressOf(person.who, language, target);
  return (
    <section class="phone">
      <div class="bezel">
        <div class="screen">
          {isOpen ? (
            <iframe key={`${opened} ${address}`} src={address} title="Dingboard" />
          ) : (
            <Workbench person={person} language={language} words={words} open={() => open(null)} />
          )}
          {isScanning && <Scan person={person} words={words} open={open} close={() => setIsScanning(false)} />}
        </div>
      </div>
      <div class="phone-tools">
        <ToolButton icon="grid" label={words.toWorkbench} isOff={!isOpen} act={() => setIsOpen(false)} />
        <ToolButton icon="reload" label={words.reload} isOff={!isOpen} act={() => open(target)} />
        <ToolButton icon="scan" label={words.scan} isOff={isScanning} act={() => setIsScanning(true)} />
      </div>
    </section>
  );
}

/** The phone's page, opened as the Workbench does or at the scanned page with its query. */
function addressOf(who: string, language: Language, target: Opening | null): string {
  const query = new URLSearchParams({ who, lang: language });
  if (target?.page) query.set("page", target.page);
  if (target && Object.keys(target.query).length > 0) query.set("query", new URLSearchParams(target.query).toString());
  return `/phone/?${query}`;
}

function ToolButton(props: { icon: "grid" | "reload" | "scan"; label: string; isOff: boolean; act: () => void }) {
  const { icon, label, isOff, act } = props;
  return (
    <button class="tool" type="button" aria-label={label} title={label} disabled={isOff} onClick={act}>
      <Icon name={icon} size={18} />
    </button>
  );
}

/** The capsule's cross: the phone's page tells the page around it. */
function onClosed(closed: () => void): () => void {
  const heard = (event: MessageEvent<{ type?: string } | null>): void => {
    if (event.origin === location.origin && event.data?.type === "dingtalk-mini-program-closed") closed();
  };
  addEventListener("message", heard);
  return () => removeEventListener("message", heard);
}
