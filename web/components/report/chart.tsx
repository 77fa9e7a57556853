import { observer } from "mobx-react-lite";
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type RefObject } from "react";
import type { CardData } from "../../../core/contract/report/query";
import { chart, knowsKind, type ChartElement } from "../../../core/report/chart/chart";
import type { ChartTip } from "../../../core/report/chart/look";
import type { Language } from "../../../core/report/format";
import type { Drawing, Place } from "../../charts/draw";
import { loadMore } from "../../charts/load-more";
import { ownParts, withPicked, type OwnChart } from "../../charts/own-parts";
import { useReaderWords } from "../../text/reader";
import { useDark } from "../../use-media";
import { usePrinting } from "../../use-printing";
import { useSize } from "../../use-size";
import { ChartLegend } from "./chart-legend";
import { ChartTable } from "./chart-table";
import { ChartTipBox } from "./chart-tip";

export interface ChartProps {
  element: ChartElement;
  data: CardData;
  language: Language;
  /** What it is said to show, for those who do not see it. */
  label: string;
  /** Places that are picked, by their number; none: all alike. */
  picked?: ReadonlySet<number>;
  /** Absent where nothing happens. */
  pick?: ((index: number, more: boolean) => void) | undefined;
  /** Takes the drawing, to make a picture of it. */
  drawing: RefObject<Drawing | null>;
}

const NONE: ReadonlySet<number> = new Set();

interface Size {
  width: number;
  height: number;
}

interface Pointing {
  index: number;
  x: number;
  y: number;
  band: Place | null;
}

function useDrawing({ drawing, pick }: Pick<ChartProps, "drawing" | "pick">, stage: RefObject<HTMLDivElement | null>) {
  const [ready, setReady] = useState(false);
  const [pointing, setPointing] = useState<Pointing | null>(null);
  const picking = useRef(pick);
  useEffect(() => {
    picking.current = pick;
  });
  useEffect(() => {
    let gone = false;
    void import("../../charts/draw").then(({ Drawing }) => {
      if (gone || !stage.current) return;
      const made: Drawing = new Drawing(stage.current, {
        hover: (index, x, y) => setPointing(index === null ? null : { index, x, y, band: made.band(index) }),
        pick: (index, more) => picking.current?.(index, more),
      });
      drawing.current = made;
      setReady(true);
    });
    return () => {
      gone = true;
      drawing.current?.dispose();
      drawing.current = null;
    };
  }, [drawing, stage]);
  return { ready, pointing, setPointing };
}

/** Whether the kind can be drawn now; one that cannot yet is fetched. */
function useKind(type: ChartElement["type"]): boolean {
  const [, setLoaded] = useState(false);
  const known = knowsKind(type);
  useEffect(() => {
    if (known) return;
    // where it cannot be had, the table beside the chart still tells its numbers
    void loadMore().then(
      () => setLoaded(true),
      () => undefined,
    );
  }, [known]);
  return known;
}

/** The chart for a room; what it takes is made anew only when something of it has changed. */
function useOwnChart(props: ChartProps, hidden: ReadonlySet<string>, size: Size | null) {
  const { element, data, language } = props;
  const dark = useDark();
  const printing = usePrinting();
  const theme = dark && !printing ? "dark" : "light";
  const known = useKind(element.type);
  return useMemo(
    () => ownParts(chart(element, data, { language, width: 400, height: 240, theme, bare: true, ...size }), hidden),
    [element, data, language, theme, size, hidden, known],
  );
}

function toggled(hidden: ReadonlySet<string>, name: string, all: number): ReadonlySet<string> {
  const next = new Set(hidden);
  if (!next.delete(name)) next.add(name);
  return next.size < all ? next : hidden; // the last one stays: an empty chart tells nothing
}

function Spoken({ tip }: { tip: ChartTip | undefined }) {
  const said = tip ? [tip.title, ...tip.rows.map((row) => `${row.name} ${row.value}`)] : [];
  return (
    <p className="unseen" role="status">
      {said.join(", ")}
    </p>
  );
}

/** The drawing, with the tip and the mark at the place that is pointed at. */
const Stage = observer(function Stage({
  stage,
  walk,
  leave,
  pointing,
  tip,
  size,
  drawn,
  picks,
  label,
}: {
  stage: RefObject<HTMLDivElement | null>;
  walk: (event: KeyboardEvent) => void;
  leave: () => void;
  pointing: Pointing | null;
  tip: ChartTip | undefined;
  size: Size | null;
  drawn: boolean;
  picks: boolean;
  label: string;
}) {
  const words = useReaderWords();
  return (
    <div
      className={picks ? "chart-stage chart-stage-picks" : "chart-stage"}
      role="application"
      aria-roledescription={words.chartKind}
      aria-label={label}
      tabIndex={0}
      onKeyDown={walk}
      onBlur={leave}
    >
      {pointing?.band && <span className="chart-band" style={pointing.band} />}
      <div ref={stage} className="chart-canvas" data-drawn={drawn} />
      {pointing && tip && size && <ChartTipBox tip={tip} x={pointing.x} y={pointing.y} room={size} />}
    </div>
  );
});

/** Where the arrow keys lead from place `at`; undefined for other keys. */
function nextPlace(key: string, at: number, last: number): number | undefined {
  if (last < 0) return undefined;
  return { ArrowRight: Math.min(last, at + 1), ArrowLeft: Math.max(0, at - 1), Home: 0, End: last }[key];
}

function centreOf(band: Place | null, size: Size | null): { x: number; y: number } {
  const middle = { x: (size?.width ?? 0) / 2, y: (size?.height ?? 0) / 2 };
  if (!band) return middle;
  return { x: band.left + band.width / 2, y: Math.min(middle.y, band.top + band.height / 2) };
}

/** A chart with its legend, the tip under the pointer, and the same numbers as a table for screen readers. */
export function Chart(props: ChartProps) {
  const { drawing, label, picked = NONE, pick } = props;
  const [stage, size] = useSize<HTMLDivElement>();
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set<string>());
  const own: OwnChart = useOwnChart(props, hidden, size);
  const { ready, pointing, setPointing } = useDrawing(props, stage);

  useEffect(() => {
    if (ready && size?.width) drawing.current?.show(withPicked(own.option, picked), own.tips.length, own.along);
  }, [ready, size, own, picked, drawing]);

  const walk = (event: KeyboardEvent): void => {
    const index = nextPlace(event.key, pointing?.index ?? -1, own.tips.length - 1);
    if (event.key === "Escape") setPointing(null);
    if (event.key === "Enter" && pointing) pick?.(pointing.index, event.ctrlKey || event.metaKey);
    if (index === undefined) return;
    event.preventDefault();
    const band = drawing.current?.band(index) ?? null;
    setPointing({ index, ...centreOf(band, size), band });
  };

  const toggle = !own.hides ? undefined : (name: string) => setHidden(toggled(hidden, name, own.legend.length));
  const legend = <ChartLegend entries={own.legend} hidden={hidden} toggle={toggle} tall={own.round} />;
  const tip = pointing ? own.tips[pointing.index] : undefined;
  const stageParts = { stage, walk, leave: () => setPointing(null), pointing, tip, size, label };
  return (
    <div className={own.round ? "chart chart-round" : "chart"}>
      {!own.round && legend}
      <Stage {...stageParts} drawn={ready} picks={pick !== undefined} />
      {own.round && legend}
      <Spoken tip={tip} />
      <ChartTable caption={props.element.title} tips={own.tips} along={props.data.columns[0]?.label ?? ""} />
    </div>
  );
}
