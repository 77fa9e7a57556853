import { observer } from "mobx-react-lite";
import { lazy, Suspense, useEffect, useId, useRef, useState, type RefObject } from "react";
import type { CardOutcome } from "../../../client/stores/report/card-answers";
import type { ReportElement } from "../../../core/contract/report/element";
import { isChart } from "../../../core/report/chart/chart";
import { descriptionOf } from "../../../core/report/description";
import { tableOf } from "../../../core/report/table/as-table";
import { useApp } from "../../app-context";
import type { Drawing } from "../../charts/draw";
import { useReader } from "../../reader-context";
import { useQuery } from "../../router";
import { useReaderWords } from "../../text/reader";
import { CardBody } from "./card-body";
import { Divider, SectionHead } from "./section-head";
import { CardTrail } from "./card-trail";
import { DataTable } from "./data-table";
import { Dialog } from "../dialog";
import { Icon } from "../icon";
import { Menu, type MenuItem } from "../menu";
import { useCardActions } from "./card-actions";

const Explain = lazy(() => import("./explain").then((module) => ({ default: module.Explain })));

type Window = "data" | "full" | "explain" | null;

interface CardProps {
  id: string;
  element: ReportElement;
  result: CardOutcome | undefined;
}

/** A link may name one card: it comes into view and is marked. */
function useNamed(id: string) {
  const named = useQuery("card") === id;
  const frame = useRef<HTMLElement>(null);
  useEffect(() => {
    if (named) frame.current?.scrollIntoView({ block: "center" });
  }, [named]);
  return { named, frame };
}

const CardWindow = observer(function CardWindow({
  open,
  close,
  ...card
}: CardProps & { open: Window; close: () => void }) {
  const { language, texts } = useApp();
  const drawing = useRef<Drawing>(null);
  const { id, element, result } = card;
  if (open === null || !("query" in element)) return null;
  if (open === "full") {
    return (
      <Dialog title={element.title} close={close}>
        <CardBody {...card} drawing={drawing} />
      </Dialog>
    );
  }
  if (open === "explain") {
    return (
      <Suspense fallback={null}>
        <Explain id={id} title={element.title} close={close} />
      </Suspense>
    );
  }
  if (result?.state !== "ready") return null;
  const { data } = result;
  const { rows, truncated } = texts.report;
  return (
    <Dialog title={element.title} note={(data.truncated ? truncated : rows)(data.rowCount)} close={close}>
      <DataTable element={tableOf(element)} data={data} language={language.current} label={element.title} />
    </Dialog>
  );
});

/** Whether the card lacks a filter's value, so that nothing was asked for it. */
const isWaiting = (result: CardOutcome | undefined): boolean => result?.state === "waiting";

function useCardMenu(
  { id, element, result }: CardProps,
  drawing: RefObject<Drawing | null>,
  show: (what: Window) => void,
) {
  const words = useReaderWords();
  const actions = useCardActions({ id, element, drawing });
  const { report } = useReader().store;
  const ready = result?.state === "ready";
  const explained = report?.level === "edit" && !isWaiting(result);
  const items: (MenuItem | false)[] = [
    ready && { key: "data", label: words.viewData, run: () => show("data") },
    element.type !== "kpi" && { key: "full", label: words.fullScreen, run: () => show("full") },
    { key: "link", label: words.copyLink, run: () => void actions.copyLink() },
    ready && { key: "csv", label: words.exportCsv, run: () => actions.exportAs("csv") },
    ready && { key: "xlsx", label: words.exportExcel, run: () => actions.exportAs("xlsx") },
    ready && isChart(element) && { key: "image", label: words.image, run: () => void actions.image() },
    explained && { key: "explain", label: words.explain, run: () => show("explain") },
  ];
  return items.filter((item) => item !== false);
}

const CardHead = observer(function CardHead({
  id,
  element,
  result,
  items,
}: Omit<CardProps, "id"> & {
  id: string;
  items: MenuItem[];
}) {
  const words = useReaderWords();
  const { language } = useApp();
  const description = descriptionOf(element, result?.state === "ready" ? result.data : null, language.current);
  return (
    <>
      <header className="card-head">
        <h2 id={id} title={description}>
          {element.title}
        </h2>
        {"query" in element && (
          <Menu label={words.cardMenu(element.title)} className="button button-icon card-more" items={items}>
            <Icon name="more" size={18} />
          </Menu>
        )}
      </header>
      {description && element.type !== "kpi" && <p className="card-description">{description}</p>}
    </>
  );
});

/** One card: its heading, its menu, what it shows. */
export const ReportCard = observer(function ReportCard(props: CardProps) {
  const { type, title } = props.element;
  if (type === "section") return <SectionHead id={props.id} title={title} />;
  return type === "divider" ? <Divider title={title} /> : <WholeCard {...props} />;
});

const WholeCard = observer(function WholeCard(props: CardProps) {
  const { id, element } = props;
  const drawing = useRef<Drawing>(null);
  const [open, setOpen] = useState<Window>(null);
  const { named, frame } = useNamed(id);
  const heading = useId();
  const busy = useReader().store.isBusy(id);
  const items = useCardMenu(props, drawing, setOpen);
  return (
    <section
      ref={frame}
      id={`card-${id}`}
      className={`card card-${element.type}${named ? " card-named" : ""}`}
      {...(element.title ? { "aria-labelledby": heading } : {})}
    >
      {element.title && <CardHead id={heading} element={element} result={props.result} items={items} />}
      <CardTrail id={id} />
      <div className={busy ? "card-body card-busy" : "card-body"} aria-busy={busy}>
        <CardBody {...props} drawing={drawing} />
      </div>
      <CardWindow {...props} open={open} close={() => setOpen(null)} />
    </section>
  );
});
