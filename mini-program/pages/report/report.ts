import type { TableRequest } from "../../components/data-table/data-table";
import { ReportStore } from "../../../client/stores/report";
import { setTitle } from "../../dingtalk/client";
import { storePage } from "../../dingtalk/store-page";
import { gateView, openOnPc, passGate } from "../../gate";
import { parts } from "../../parts";

/** A report and the name under which its charts find their data. */
function openStore(): { store: ReportStore; close: () => void } {
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
  return { store, close: place.close };
}

const webPathOf = (store: ReportStore): string => `/r/${encodeURIComponent(store.id)}`;

storePage({
  createStore: openStore,
  view: ({ store }) => ({
    gate: gateView(webPathOf(store)),
    screen: store.view,
    t: { retry: parts().language.texts.signIn.retry },
  }),
  open: ({ store }, query) => {
    setTitle(parts().language.texts.productName);
    void store.open(query["id"] ?? "");
    openOnPc(webPathOf(store));
  },
  refresh: ({ store }) => store.refresh(),
  dispose: ({ store, close }) => {
    store.dispose();
    close();
  },
  share: ({ store }) => ({ title: store.view.title, path: `pages/report/report?id=${store.id}` }),
  handlers: {
    passGate: ({ store }, kind: string) => passGate(kind, webPathOf(store)),
    retry: ({ store }) => void store.refresh(),
    toggleFavourite: ({ store }) => void store.toggleFavourite(),
    selectPage: ({ store }, event: DingTalk.Event) => store.selectPage(String(event.currentTarget.dataset["page"])),
    sortTable: ({ store }, { element, field }: TableRequest) => store.sortTable(element, field),
    showMore: ({ store }, { element }: TableRequest) => store.showMore(element),
  },
});
