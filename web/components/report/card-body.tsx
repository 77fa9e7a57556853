import { observer } from "mobx-react-lite";
import { lazy, Suspense, useMemo, type RefObject } from "react";
import type { CardOutcome } from "../../../client/stores/report/card-answers";
import type { AskingElement, ReportElement } from "../../../core/contract/report/element";
import { isChart } from "../../../core/report/chart/chart";
import { tableOf } from "../../../core/report/table/as-table";
import { placesOf } from "../../../core/report/chart/places";
import { errorText } from "../../../client/text/text";
import { useApp } from "../../app-context";
import type { Drawing } from "../../charts/draw";
import { useReaderIfAny } from "../../reader-context";
import { useReaderWords } from "../../text/reader";
import { usePicks, type Picks } from "../../use-picks";
import { Chart, type ChartProps } from "./chart";
import { DataTable } from "./data-table";
import { Kpi } from "./kpi";

const Wordly = lazy(() => import("./wordly"));

function Hollow({ title, advice }: { title: string; advice?: string }) {
  return (
    <div className="hollow">
      <p>{title}</p>
      {advice && <p className="quiet-note">{advice}</p>}
    </div>
  );
}

export interface CardBodyProps {
  id: string;
  element: ReportElement;
  result: CardOutcome | undefined;
  drawing: RefObject<Drawing | null>;
}

const Ready = observer(function Ready({
  id,
  element,
  result,
  drawing,
}: CardBodyProps & {
  element: AskingElement;
  result: Extract<CardOutcome, { state: "ready" }>;
}) {
  const { language, texts } = useApp();
  const words = useReaderWords();
  const { data } = result;
  const picks = usePicks(id, element, data);
  const common = { data, language: language.current };
  if (element.type === "kpi") return <Kpi {...common} trend={result.trend} />;
  if (data.rowCount === 0) return <Hollow title={texts.report.emptyCard} />;
  if (element.type === "table") return <DataTable {...common} element={element} label={element.title} picks={picks} />;
  if (!isChart(element)) return <UnknownVisual {...common} element={element} picks={picks} />;
  const label = words.chart(element.title, data.rowCount);
  return <ChartWithPicks {...common} element={element} label={label} drawing={drawing} picks={picks} />;
});

/** A report may be newer than this page: a card of a kind that it does not draw shows its numbers, and says so. */
function UnknownVisual({
  element,
  ...table
}: { element: AskingElement } & Pick<ChartProps, "data" | "language"> & { picks: Picks | null }) {
  const { texts } = useApp();
  return (
    <>
      <p className="quiet-note">{texts.report.unknownVisual}</p>
      <DataTable {...table} element={tableOf(element)} label={element.title} />
    </>
  );
}

/** A chart draws places, each of which stands for a row of the answer. */
function ChartWithPicks({ picks, ...chart }: Omit<ChartProps, "pick" | "picked"> & { picks: Picks | null }) {
  const { element, data } = chart;
  const places = useMemo(() => placesOf(element, data), [element, data]);
  const rows = picks?.picked;
  const picked = useMemo(() => {
    const found = places.map((row, place) => (row !== null && rows?.has(row) ? place : -1));
    return new Set(found.filter((place) => place >= 0));
  }, [places, rows]);
  const pick = (place: number, more: boolean): void => {
    const row = places[place];
    if (row !== null && row !== undefined) picks?.pick(row, more);
  };
  return <Chart {...chart} picked={picked} pick={picks ? pick : undefined} />;
}

const Waiting = observer(function Waiting({ needs }: { needs: string[] }) {
  const { texts } = useApp();
  const filters = useReaderIfAny()?.store.report?.spec.filters ?? [];
  const labels = filters.filter(({ id }) => needs.includes(id)).map(({ label }) => label);
  return <Hollow title={texts.report.chooseFirst(labels)} />;
});

/** What a card shows: its number, chart, table or text, or why there is none. */
export const CardBody = observer(function CardBody(props: CardBodyProps) {
  const { texts } = useApp();
  const { element, result } = props;
  if (!("query" in element))
    return (
      <Suspense fallback={null}>
        <Wordly element={element} />
      </Suspense>
    );
  if (result?.state === "failed") return <Hollow {...errorText(texts, result.error)} />;
  if (result?.state === "waiting") return <Waiting needs={result.needs} />;
  if (result?.state !== "ready") return <Hollow title={texts.report.emptyCard} />;
  return <Ready {...props} element={element} result={result} />;
});
