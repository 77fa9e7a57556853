import { observer } from "mobx-react-lite";
import { setPhone } from "../../client/stores/editor/commands";
import { newOnPhone, phoneOrder, toggledOnPhone } from "../../client/stores/editor/phone";
import type { CardData } from "../../core/contract/report/query";
import type { ReportPage } from "../../core/contract/report/report";
import { phoneLayout } from "../../core/report/layout/layout";
import { phoneWarnings } from "../../core/report/layout/phone-warnings";
import { useApp } from "../app-context";
import { useEditing } from "./context";
import { Choice } from "./panel/choice";
import { PHONE_WIDTH, PhoneCard } from "./phone-card";
import { useEditorWords, usePhoneWords } from "./text";

type Mobile = ReportPage["mobile"];
const MODES: Mobile["mode"][] = ["auto", "manual", "none"];

/** What will not be read well on a phone; a press goes to the card. */
const Warnings = observer(function Warnings({ page }: { page: ReportPage }) {
  const { editor } = useEditing();
  const { language } = useApp();
  const words = usePhoneWords();
  const { elements } = editor.spec;
  const dataOf = (id: string): CardData | undefined => {
    const result = editor.previews.outcome(id);
    return result?.state === "ready" ? result.data : undefined;
  };
  const warnings = phoneWarnings({ page, width: PHONE_WIDTH, language: language.current }, elements, dataOf);
  const show = (id: string): void => {
    editor.select([id]);
    for (const name of ["data-phone-card", "data-card"])
      document.querySelector(`[${name}="${id}"]`)?.scrollIntoView({ block: "nearest" });
  };
  if (warnings.length === 0) return null;
  return (
    <section className="phone-warnings" aria-label={words.warnings}>
      <h3>{words.warnings}</h3>
      {warnings.map(({ element, fault }) => (
        <button key={`${element}/${fault}`} type="button" onClick={() => show(element)}>
          <b>{elements[element]?.title || element}</b> {words.faults[fault]}
        </button>
      ))}
    </section>
  );
});

/** The page as phones will show it, beside the canvas. */
export const PhoneView = observer(function PhoneView() {
  const { editor } = useEditing();
  const words = useEditorWords();
  const phoneWords = usePhoneWords();
  const { page, spec } = editor;
  if (!page) return null;
  const { mode, hidden = [], kpis = 2 } = page.mobile;
  const change = (mobile: Mobile): void => editor.run((now) => setPhone(now, page.id, mobile));
  const away = mode === "none" ? [] : hidden.filter((id) => id in spec.elements);
  const added = new Set(newOnPhone(page, spec.elements));
  return (
    <section className="phone" aria-label={words.phone}>
      <div className="ends">
        <Choice
          label={words.phoneMode}
          value={mode}
          options={MODES.map((each) => [each, words.modes[each]])}
          choose={(next) => change({ ...page.mobile, mode: next })}
        />
        <Choice
          label={phoneWords.kpis}
          value={String(kpis)}
          options={([2, 1] as const).map((each): [string, string] => [String(each), phoneWords.kpiRows[each]])}
          choose={(next) => change({ ...page.mobile, kpis: next === "1" ? 1 : 2 })}
        />
      </div>
      <Warnings page={page} />
      {added.size > 0 && (
        <button
          type="button"
          className="button phone-hidden"
          onClick={() => change({ ...page.mobile, order: phoneOrder(page, spec.elements) })}
        >
          {phoneWords.keepOrder}
        </button>
      )}
      <p className="quiet-note">{phoneWords.keys}</p>
      <div className="phone-screen stack">
        {phoneLayout(page, spec.elements).map((row) => {
          const ids = row.kind === "kpis" ? row.elements : [row.element];
          return (
            <div key={ids.join("+")} className="stack-row">
              {ids.map((id) => (
                <PhoneCard key={id} id={id} page={page} isNew={added.has(id)} />
              ))}
            </div>
          );
        })}
      </div>
      {away.map((id) => (
        <button key={id} type="button" className="button phone-hidden" onClick={() => change(toggledOnPhone(page, id))}>
          {words.show(spec.elements[id]?.title ?? id)}
        </button>
      ))}
    </section>
  );
});
