import { observer } from "mobx-react-lite";
import type { DragEvent, ReactNode } from "react";
import { setPhone } from "../../client/stores/editor/commands";
import { droppedOnPhone, heightOnPhone, movedOnPhone, toggledOnPhone } from "../../client/stores/editor/phone";
import type { ReportPage } from "../../core/contract/report/report";
import { isChart } from "../../core/report/chart/chart";
import { phoneChartHeight } from "../../core/report/layout/layout";
import { Icon } from "../components/icon";
import { CardContent, isBare } from "./card-frame";
import { useEditing } from "./context";
import { useEditorWords, usePhoneWords } from "./text";

/** Room for a card's content on the phone, and what stands above a chart. */
export const PHONE_WIDTH = 319;
const HEAD = 62;
const STEP = 0.08;
const DRAGGED = "application/x-dingboard-phone-card";

type Mobile = ReportPage["mobile"];

function Tool({ label, run, children }: { label: string; run: () => void; children: ReactNode }) {
  return (
    <button type="button" aria-label={label} title={label} onClick={run}>
      {children}
    </button>
  );
}

/** A card on the phone beside the canvas, with what changes its place, height and presence there. */
export const PhoneCard = observer(function PhoneCard({
  id,
  page,
  isNew,
}: {
  id: string;
  page: ReportPage;
  isNew: boolean;
}) {
  const { editor } = useEditing();
  const words = useEditorWords();
  const phoneWords = usePhoneWords();
  const { elements } = editor.spec;
  const element = elements[id];
  const result = editor.previews.outcome(id);
  if (!element) return null;
  const charted = isChart(element) && result?.state === "ready";
  const height = charted ? phoneChartHeight(page, id, element, result.data, PHONE_WIDTH) : undefined;
  const change = (mobile: Mobile): void => editor.run((spec) => setPhone(spec, page.id, mobile), "phone");
  const grow = (by: number): void => change(heightOnPhone(page, id, (height ?? 0) / PHONE_WIDTH + by));
  const title = element.title || words.textTitle;
  const drop = (event: DragEvent): void => {
    const dragged = event.dataTransfer?.getData(DRAGGED);
    if (!dragged || dragged === id) return;
    event.preventDefault();
    change(droppedOnPhone(page, elements, dragged, id));
  };
  return (
    <div
      className="phone-card"
      data-phone-card={id}
      draggable
      style={height === undefined ? {} : { height: height + HEAD }}
      onDragStart={(event) => event.dataTransfer?.setData(DRAGGED, id)}
      onDragOver={(event) => event.preventDefault()}
      onDrop={drop}
    >
      {/* The same card stands on the canvas for those who read with their ears, or by keyboard. */}
      <div className={isBare(element) ? "bare" : `card card-${element.type}`} inert>
        <CardContent id={id} element={element} />
      </div>
      {isNew && <span className="phone-new">{phoneWords.isNew}</span>}
      <div className="phone-tools">
        {height !== undefined && (
          <>
            <Tool label={phoneWords.lower(title)} run={() => grow(-STEP)}>
              −
            </Tool>
            <Tool label={phoneWords.higher(title)} run={() => grow(STEP)}>
              +
            </Tool>
          </>
        )}
        <Tool label={words.phoneUp(title)} run={() => change(movedOnPhone(page, elements, id, -1))}>
          ↑
        </Tool>
        <Tool label={words.phoneDown(title)} run={() => change(movedOnPhone(page, elements, id, 1))}>
          ↓
        </Tool>
        <Tool label={words.hide(title)} run={() => change(toggledOnPhone(page, id))}>
          <Icon name="close" size={14} />
        </Tool>
      </div>
    </div>
  );
});
