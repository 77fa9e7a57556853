import { observable, runInAction, type IObservableValue } from "mobx";
import type { PlaceRequest } from "../../components/chart-canvas/chart-canvas";
import type { RowRequest, TableRequest } from "../../components/data-table/data-table";
import type { FilterRequest } from "../../components/filter-drawer/filter-drawer";
import { ReportStore } from "../../../client/stores/report/report";
import { askFilter } from "../../ask-filter";
import { setTitle } from "../../dingtalk/client";
import { storePage } from "../../dingtalk/store-page";
import { gateView, openOnPc, passGate } from "../../gate";
import { parts } from "../../parts";

interface ReportPageStore {
  store: ReportStore;
  close: () => void;
  /** Whether the filter drawer is open. */
  drawer: IObservableValue<boolean>;
}

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
  return { store, close: place.close, drawer: observable.box(false) };
}

function show(drawer: IObservableValue<boolean>, open: boolean): void {
  runInAction(() => drawer.set(open));
}

const webPathOf = (store: ReportStore): string => `/r/${encodeURIComponent(store.id)}`;

/** What was chosen goes along to whom the report is shared with. */
function asked({ question }: ReportStore): string {
  return question.link ? `&question=${encodeURIComponent(question.link)}` : "";
}

storePage({
  createStore: openStore,
  view: ({ store, drawer }) => ({
    drawer: drawer.get(),
    gate: gateView(webPathOf(store)),
    screen: store.view,
    t: {
      retry: parts().language.texts.signIn.retry,
      filters: parts().language.texts.filters,
      colon: parts().language.current === "zh-CN" ? "：" : ": ",
    },
  }),
  open: ({ store }, query) => {
    setTitle(parts().language.texts.productName);
    void store.open(query["id"] ?? "", decodeURIComponent(query["question"] ?? ""));
    openOnPc(webPathOf(store));
  },
  refresh: ({ store }) => store.refresh(),
  dispose: ({ store, close }) => {
    store.dispose();
    close();
  },
  share: ({ store }) => ({ title: store.view.title, path: `pages/report/report?id=${store.id}${asked(store)}` }),
  handlers: {
    passGate: ({ store }, kind: string) => passGate(kind, webPathOf(store)),
    retry: ({ store }) => void store.refresh(),
    toggleFavourite: ({ store }) => void store.toggleFavourite(),
    selectPage: ({ store }, event: DingTalk.Event) => store.selectPage(String(event.currentTarget.dataset["page"])),
    sortTable: ({ store }, { element, field }: TableRequest) => store.sortTable(element, field),
    openFilters: ({ drawer }) => show(drawer, true),
    tapChip: ({ drawer }, event: DingTalk.Event) => show(drawer, event.currentTarget.dataset["kind"] === "filter"),
    closeFilters: ({ store, drawer }) => {
      store.question.discard();
      show(drawer, false);
    },
    applyFilters: ({ store, drawer }) => {
      store.question.apply();
      show(drawer, false);
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
    showMore: ({ store }, { element }: TableRequest) => store.showMore(element),
  },
});
