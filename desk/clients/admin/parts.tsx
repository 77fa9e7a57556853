import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { AdminWords } from "./words";

/** A card with its title and what stands beside it. */
export function Card(props: { title: string; hint?: string; beside?: ComponentChildren; children: ComponentChildren }) {
  const { title, hint, beside, children } = props;
  return (
    <section class="admin-card" aria-label={title}>
      <header>
        <h3>{title}</h3>
        {beside}
      </header>
      {hint !== undefined && <p class="lead">{hint}</p>}
      {children}
    </section>
  );
}

/** Why something failed, told to screen readers too. */
export function Fault({ text, words }: { text: string | null; words: AdminWords }) {
  if (text === null) return null;
  return (
    <p class="admin-fault" role="alert">
      {words.failed}
      {text}
    </p>
  );
}

/** Whether an app runs, in a word and a colour. */
export function RunningMark({ isStopped, words }: { isStopped: boolean; words: AdminWords }) {
  return (
    <span class={isStopped ? "admin-mark bad" : "admin-mark good"}>{isStopped ? words.stopped : words.running}</span>
  );
}

interface SureProps {
  label: string;
  words: AdminWords;
  isBusy: boolean;
  act: () => void;
}

/** A button that must be pressed twice; it forgets the first time when left. */
export function SureButton({ label, words, isBusy, act }: SureProps) {
  const [isAsking, setIsAsking] = useState(false);
  const press = (): void => {
    setIsAsking(!isAsking);
    if (isAsking) act();
  };
  return (
    <button class="admin-button bad" type="button" disabled={isBusy} onClick={press} onBlur={() => setIsAsking(false)}>
      {isAsking ? `${label} · ${words.confirm}` : label}
    </button>
  );
}

/** A name with its value in type that can be told apart letter by letter. */
export function Code({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <code>{value}</code>
      </dd>
    </>
  );
}
