import { observer } from "mobx-react-lite";
import type { ReactNode } from "react";
import { useApp } from "../../app-context";
import { usePageTitle } from "../../page-title";
import { LanguageButton } from "../language-button";
import { Mark } from "../mark";

/** The frame of the pages before sign-in: the name, one card, the other language. */
export const EntryFrame = observer(function EntryFrame({
  title,
  hint,
  children,
}: {
  title: string;
  hint: string;
  children: ReactNode;
}) {
  const { texts, words } = useApp();
  usePageTitle(title);
  return (
    <main className="entry">
      <header className="entry-brand">
        <Mark size={40} />
        <div>
          <strong>{texts.productName}</strong>
          <span>{words.slogan}</span>
        </div>
      </header>
      <section className="entry-card" aria-labelledby="entry-title">
        <h1 id="entry-title">{title}</h1>
        <p className="quiet">{hint}</p>
        {children}
      </section>
      <LanguageButton />
    </main>
  );
});
