import { observer } from "mobx-react-lite";
import type { RefObject } from "react";
import type { CardResult, ReportElement } from "../../core/contract/report";
import { isChart } from "../../core/report/chart";
import { errorText } from "../../client/text/text";
import { useApp } from "../app-context";
import type { Drawing } from "../charts/draw";
import { useReaderWords } from "../text/reader";
import { Chart } from "./chart";
import { DataTable } from "./data-table";
import { Kpi } from "./kpi";

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
  result: CardResult | undefined;
  drawing: RefObject<Drawing | null>;
}

const Ready = observer(function Ready({
  element,
  result,
  drawing,
}: CardBodyProps & {
  element: Exclude<ReportElement, { type: "text" }>;
  result: Extract<CardResult, { state: "ready" }>;
}) {
  const { language, texts } = useApp();
  const words = useReaderWords();
  const { data } = result;
  const common = { data, language: language.current };
  if (element.type === "kpi") return <Kpi {...common} trend={result.trend} />;
  if (data.rowCount === 0) return <Hollow title={texts.report.emptyCard} />;
  if (!isChart(element)) return <DataTable {...common} element={element} label={element.title} />;
  return <Chart {...common} element={element} label={words.chart(element.title, data.rowCount)} drawing={drawing} />;
});

/** What a card shows: its number, chart, table or text, or why there is none. */
export const CardBody = observer(function CardBody(props: CardBodyProps) {
  const { texts } = useApp();
  const { element, result } = props;
  if (element.type === "text") return <p className="card-words">{element.text}</p>;
  if (result?.state === "failed") return <Hollow {...errorText(texts, result.error)} />;
  if (result?.state !== "ready") return <Hollow title={texts.report.emptyCard} />;
  return <Ready {...props} element={element} result={result} />;
});
