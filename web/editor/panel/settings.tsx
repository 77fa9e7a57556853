import { observer } from "mobx-react-lite";
import type { CardElement } from "../../../client/stores/editor/look";
import { useEditing } from "../context";
import { useEditorWords } from "../text";
import { Choice, Tick } from "./choice";
import type { CardProps } from "./use-put";

type Query = CardElement["query"];
const GRAINS = ["day", "week", "month", "quarter", "year"] as const;
const TOPS = [5, 10, 15, 20];

/** A card's question changed in one of its parts; a part that is undefined goes. */
function useQueryChange({ id, element }: CardProps): (part: { [Key in keyof Query]?: Query[Key] | undefined }) => void {
  const { editor } = useEditing();
  return (part) => {
    const query = Object.fromEntries(
      Object.entries({ ...element.query, ...part }).filter(([, value]) => value !== undefined),
    ) as Query;
    editor.change(id, { ...element, query } as CardElement);
  };
}

const Grains = observer(function Grains(card: CardProps) {
  const { datasets } = useEditing();
  const words = useEditorWords();
  const change = useQueryChange(card);
  const { dataset, dimensions } = card.element.query;
  const dates = dimensions.filter(
    ({ field }) => datasets.fields(dataset).find(({ name }) => name === field)?.type === "date",
  );
  return (
    <>
      {dates.map(({ field, grain }) => (
        <Choice
          key={field}
          label={words.grain(datasets.labelOf(dataset, field))}
          value={grain ?? "day"}
          options={GRAINS.map((each) => [each, words.grains[each]])}
          choose={(chosen) =>
            change({ dimensions: dimensions.map((each) => (each.field === field ? { field, grain: chosen } : each)) })
          }
        />
      ))}
    </>
  );
});

const Order = observer(function Order(card: CardProps) {
  const { datasets } = useEditing();
  const words = useEditorWords();
  const change = useQueryChange(card);
  const { dataset, dimensions, measures, sort, topN } = card.element.query;
  const [first] = dimensions;
  if (!first) return null;
  const [sorted] = sort;
  const values = [...measures, ...dimensions.map(({ field }) => field)];
  const options = values.flatMap((name): [string, string][] => {
    const label = datasets.labelOf(dataset, name);
    return [
      [`${name}:desc`, `${label} ↓`],
      [`${name}:asc`, `${label} ↑`],
    ];
  });
  const orderBy = (value: string): void => {
    const [field = "", way] = value.split(":");
    change({ sort: field ? [{ field, descending: way === "desc" }] : [] });
  };
  const show = (count: string): void =>
    change({ topN: count ? { field: first.field, count: Number(count), others: topN?.others ?? true } : undefined });
  return (
    <>
      <Choice
        label={words.sort}
        value={sorted ? `${sorted.field}:${sorted.descending ? "desc" : "asc"}` : ""}
        options={[["", words.sortNone], ...options]}
        choose={orderBy}
      />
      <Choice
        label={words.top}
        value={topN ? String(topN.count) : ""}
        options={[
          ["", words.topAll],
          ...[...new Set([...TOPS, ...(topN ? [topN.count] : [])])].map((count): [string, string] => [
            String(count),
            String(count),
          ]),
        ]}
        choose={show}
      />
      {topN && (
        <Tick on={topN.others} change={(others) => change({ topN: { ...topN, others } })}>
          {words.others}
        </Tick>
      )}
    </>
  );
});

const Comparison = observer(function Comparison(card: CardProps) {
  const { datasets } = useEditing();
  const words = useEditorWords();
  const change = useQueryChange(card);
  const { dataset, compare } = card.element.query;
  const time = datasets.fields(dataset).find(({ isTime }) => isTime);
  if (card.element.type !== "kpi" || !time) return null;
  return (
    <Choice
      label={words.compare}
      value={compare?.period ?? ""}
      options={[
        ["", words.compareNone],
        ["previousPeriod", words.previousPeriod],
        ["previousYear", words.previousYear],
      ]}
      choose={(period) => change({ compare: period ? { field: time.name, period } : undefined })}
    />
  );
});

const Drawn = observer(function Drawn({ id, element }: CardProps) {
  const { editor } = useEditing();
  const words = useEditorWords();
  if (element.type === "cartesian" || element.type === "pie") {
    const { visual } = element;
    return (
      <>
        <Tick
          on={visual?.labels ?? element.type === "pie"}
          change={(labels) => visual && editor.change(id, { ...element, visual: { ...visual, labels } } as CardElement)}
        >
          {words.labels}
        </Tick>
        <Tick on={element.emits !== false} change={(emits) => editor.change(id, { ...element, emits })}>
          {words.crossFilter}
        </Tick>
      </>
    );
  }
  if (element.type !== "table") return null;
  const visual = { frozen: 1, ...element.visual };
  return (
    <Tick
      on={visual.totals ?? false}
      change={(totals) => editor.change(id, { ...element, visual: { ...visual, totals } })}
    >
      {words.totals}
    </Tick>
  );
});

/** How a card's question is asked and its answer drawn, besides its fields. */
export const Settings = observer(function Settings(card: CardProps) {
  return (
    <section className="panel-part">
      <Grains {...card} />
      <Order {...card} />
      <Comparison {...card} />
      <Drawn {...card} />
    </section>
  );
});
