import { observable, reaction, runInAction, type IObservableValue } from "mobx";
import type { PlaceRequest } from "../../components/chart-canvas/chart-canvas";
import type { RowRequest, TableRequest } from "../../components/data-table/data-table";
import type { FilterRequest } from "../../components/filter-drawer/filter-drawer";
import type { FilterView } from "../../../client/stores/report/filter-view";
import { ReportStore } from "../../../client/stores/report/report";
import { blocksOf, type Block } from "../../../core/report/words/markdown";
import { askFilter } from "../../ask-filter";
import { openLink, setTitle } from "../../dingtalk/client";
import { storePage } from "../../dingtalk/store-page";
import { gateView, openOnPc, passGate } from "../../gate";
import { parts } from "../../parts";

interface Drawer {
  open: boolean;
  first: string;
}

interface ReportPageStore {
  store: ReportStore;
  close: () => void;
  /** Whether the filter drawer is open, and at which filter; none: the first one. */
  drawer: IObservableValue<Drawer>;
}

const CLOSED: Drawer = { open: false, first: "" };

/** A report and the name under which its charts find their data. */
function openStore(): ReportPageStore {
  const { session, language, contentWidth, now, charts } = parts();
  const place = charts.open((elementId) => store.chartSource(elementId));
  const store: ReportStore = new ReportStore({
    call: session.call,
    whenReady: () => session.whenReady(),
    language,
    contentWidth,
    name: () => place.name,
    now,
  });
  const stop = reaction(
    () => store.view.title,
    (title) => setTitle(title || language.texts.productName),
  );
  const close = (): void => {
    stop();
    place.close();
  };
  return { store, close, drawer: observable.box<Drawer>(CLOSED) };
}

function show(drawer: IObservableValue<Drawer>, next: Drawer): void {
  runInAction(() => drawer.set(next));
}

/** The filters that phones show, and those of them that stand on the page although nothing is chosen. */
function filtersOf({ view }: ReportStore): { filters: FilterView[]; named: FilterView[] } {
  const filters = view.kind === "ready" ? view.question.filters.filter(({ phone }) => phone !== "none") : [];
  const chips = view.kind === "ready" ? view.question.chips : [];
  const isChip = (id: string): boolean => chips.some((chip) => chip.kind === "filter" && chip.id === id);
  return { filters, named: filters.filter(({ id, phone }) => phone === "page" && !isChip(id)) };
}

const webPathOf = (store: ReportStore): string => `/r/${encodeURIComponent(store.id)}`;

/** The enterprise and what was chosen go along to whom the report is shared with. */
function alongWith({ question }: ReportStore): string {
  const corpId = parts().corpId();
  const named = corpId === null ? "" : `&corpId=${encodeURIComponent(corpId)}`;
  return named + (question.link ? `&question=${encodeURIComponent(question.link)}` : "");
}

/** What text cards say, as it is drawn: by the card. */
function wordsOf({ view }: ReportStore): Record<string, Block[]> {
  const words: Record<string, Block[]> = {};
  if (view.kind !== "ready") return words;
  for (const { cards } of view.rows)
    for (const card of cards) if (card.kind === "text") words[card.id] = blocksOf(card.text);
  return words;
}

storePage({
  createStore: openStore,
  view: ({ store, drawer }) => ({
    drawer: drawer.get(),
    gate: gateView(webPathOf(store)),
    screen: store.view,
    ...filtersOf(store),
    words: wordsOf(store),
    t: {
      retry: parts().language.texts.signIn.retry,
      filters: parts().language.texts.filters,
      colon: parts().language.current === "zh-CN" ? "：" : ": ",
    },
  }),
  open: ({ store }, query) => {
    setTitle(parts().language.texts.productName);
    void store.open(query["id"] ?? "", query["question"] ?? "");
    openOnPc(webPathOf(store));
  },
  refresh: ({ store }) => store.refresh(),
  dispose: ({ store, close }) => {
    store.dispose();
    close();
  },
  share: ({ store }) => ({ title: store.view.title, path: `pages/report/report?id=${store.id}${alongWith(store)}` }),
  handlers: {
    passGate: ({ store }, kind: string) => passGate(kind, webPathOf(store)),
    retry: ({ store }) => void store.refresh(),
    toggleFavourite: ({ store }) => void store.toggleFavourite(),
    selectPage: ({ store }, event: DingTalk.Event) => store.selectPage(String(event.currentTarget.dataset["page"])),
    sortTable: ({ store }, { element, field }: TableRequest) => store.sortTable(element, field),
    openFilters: ({ drawer }, event: DingTalk.Event) =>
      show(drawer, { open: true, first: String(event.currentTarget.dataset["filter"] ?? "") }),
    tapChip: ({ drawer }, event: DingTalk.Event) => {
      const { kind, chip } = event.currentTarget.dataset;
      if (kind === "filter") show(drawer, { open: true, first: String(chip) });
    },
    closeFilters: ({ store, drawer }) => {
      store.question.discard();
      show(drawer, CLOSED);
    },
    applyFilters: ({ store, drawer }) => {
      store.question.apply();
      show(drawer, CLOSED);
    },
    resetFilters: ({ store }) => store.question.reset(),
    askFilter: ({ store }, request: FilterRequest) => askFilter(store.question, request),
    removeChip: ({ store }, event: DingTalk.Event) => {
      const { kind, chip } = event.currentTarget.dataset;
      store.question.removeChip({ kind: kind === "cross" ? "cross" : "filter", id: String(chip) });
    },
    drillPlace: ({ store }, { element, place }: PlaceRequest) => store.drillPlace(element, place),
    drillRow: ({ store }, { element, row }: RowRequest) => store.drillRow(element, row),
    drillBack: ({ store }, event: DingTalk.Event) => {
      const { element, depth } = event.currentTarget.dataset;
      store.question.drillBack(String(element), Number(depth));
    },
    toggleSection: ({ store }, event: DingTalk.Event) =>
      store.toggleSection(String(event.currentTarget.dataset["element"])),
    tapLink: (_page, event: DingTalk.Event) => openLink(String(event.currentTarget.dataset["href"])),
    openLink: (_page, url: string) => openLink(url),
    showMore: ({ store }, { element }: TableRequest) => store.showMore(element),
  },
});
