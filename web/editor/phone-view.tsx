import { observer } from "mobx-react-lite";
import { setPhone } from "../../client/stores/editor/commands";
import type { ReportPage, ReportSpec } from "../../core/contract/report/report";
import { isChart } from "../../core/report/chart/chart";
import { phoneChartHeight, phoneLayout } from "../../core/report/layout/layout";
import { Icon } from "../components/icon";
import { CardContent } from "./card-frame";
import { useEditing } from "./context";
import { useEditorWords } from "./text";

type Mobile = ReportPage["mobile"];
const MODES: Mobile["mode"][] = ["auto", "manual", "none"];
const [WIDTH, HEAD] = [319, 62];

/** The order in which a page's cards come on the phone. */
function orderOf(page: ReportPage, elements: ReportSpec["elements"]): string[] {
  return phoneLayout(page, elements).flatMap((row) => (row.kind === "kpis" ? row.elements : [row.element]));
}

/** A phone layout with a card one place further up or down; from then on the order is one's own. */
function moved(page: ReportPage, elements: ReportSpec["elements"], id: string, by: number): Mobile {
  const order = orderOf(page, elements);
  const from = order.indexOf(id);
  const to = Math.max(0, Math.min(order.length - 1, from + by));
  order.splice(from, 1);
  order.splice(to, 0, id);
  return { ...page.mobile, mode: "manual", order };
}

function toggled(page: ReportPage, id: string): Mobile {
  const hidden = page.mobile.hidden ?? [];
  const next = hidden.includes(id) ? hidden.filter((each) => each !== id) : [...hidden, id];
  return { ...page.mobile, mode: page.mobile.mode === "none" ? "auto" : page.mobile.mode, hidden: next };
}

const PhoneCard = observer(function PhoneCard({ id, page }: { id: string; page: ReportPage }) {
  const { editor } = useEditing();
  const words = useEditorWords();
  const element = editor.spec.elements[id];
  const result = editor.previews.outcome(id);
  if (!element) return null;
  const charted = isChart(element) && result?.state === "ready";
  const height = charted ? phoneChartHeight(page, id, element, result.data, WIDTH) + HEAD : undefined;
  const change = (mobile: Mobile): void => editor.run((spec) => setPhone(spec, page.id, mobile), "phone");
  const title = element.title || words.textTitle;
  const move = (by: number): void => change(moved(page, editor.spec.elements, id, by));
  return (
    <div className="phone-card" style={height === undefined ? {} : { height }}>
      <div className={`card card-${element.type}`}>
        <CardContent id={id} element={element} />
      </div>
      <div className="phone-tools">
        <button type="button" aria-label={words.phoneUp(title)} title={words.phoneUp(title)} onClick={() => move(-1)}>
          ↑
        </button>
        <button
          type="button"
          aria-label={words.phoneDown(title)}
          title={words.phoneDown(title)}
          onClick={() => move(1)}
        >
          ↓
        </button>
        <button
          type="button"
          aria-label={words.hide(title)}
          title={words.hide(title)}
          onClick={() => change(toggled(page, id))}
        >
          <Icon name="close" size={14} />
        </button>
      </div>
    </div>
  );
});

/** The page as phones will show it, beside the canvas. */
export const PhoneView = observer(function PhoneView() {
  const { editor } = useEditing();
  const words = useEditorWords();
  const { page, spec } = editor;
  if (!page) return null;
  const { mode, hidden = [] } = page.mobile;
  const change = (mobile: Mobile): void => editor.run((now) => setPhone(now, page.id, mobile));
  const away = mode === "none" ? [] : hidden.filter((id) => id in spec.elements);
  return (
    <section className="phone" aria-label={words.phone}>
      <label className="setting">
        <span>{words.phoneMode}</span>
        <select
          className="field"
          value={mode}
          onChange={(event) => change({ ...page.mobile, mode: event.currentTarget.value as Mobile["mode"] })}
        >
          {MODES.map((each) => (
            <option key={each} value={each}>
              {words.modes[each]}
            </option>
          ))}
        </select>
      </label>
      <div className="phone-screen stack">
        {phoneLayout(page, spec.elements).map((row) => {
          const ids = row.kind === "kpis" ? row.elements : [row.element];
          return (
            <div key={ids.join("+")} className="stack-row">
              {ids.map((id) => (
                <PhoneCard key={id} id={id} page={page} />
              ))}
            </div>
          );
        })}
      </div>
      {away.map((id) => (
        <button key={id} type="button" className="button phone-hidden" onClick={() => change(toggled(page, id))}>
          {words.show(spec.elements[id]?.title ?? id)}
        </button>
      ))}
    </section>
  );
});
