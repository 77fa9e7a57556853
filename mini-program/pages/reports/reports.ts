import { ReportListStore, type ReportTab } from "../../../client/stores/report/list";
import { navigateTo, setTitle } from "../../dingtalk/client";
import { storePage } from "../../dingtalk/store-page";
import { gateView, openOnPc, passGate } from "../../gate";
import { parts } from "../../parts";

const TABS: ReportTab[] = ["all", "favourite", "recent"];

storePage({
  createStore: () => {
    const { session, language, later, now } = parts();
    const { call } = session;
    const whenReady = (): Promise<void> => session.whenReady();
    return new ReportListStore({ call, whenReady, reader: () => session.reader, language, later, now });
  },
  view: (store) => {
    const { reports, signIn } = parts().language.texts;
    return {
      gate: gateView("/"),
      list: store.view,
      tabs: TABS.map((id) => ({ id, label: reports.tabs[id] })),
      t: { search: reports.search, cancel: reports.cancel, retry: signIn.retry },
    };
  },
  open: (store) => {
    openOnPc("/");
    void store.open();
  },
  shown: (store) => {
    setTitle(parts().language.texts.reports.title);
    store.revisit();
  },
  refresh: (store) => store.refresh(),
  dispose: (store) => store.dispose(),
  handlers: {
    passGate: (_store, kind: string) => passGate(kind),
    type: (store, event: DingTalk.Event<{ value: string }>) => store.type(event.detail.value),
    clear: (store) => store.type(""),
    selectTab: (store, event: DingTalk.Event) => void store.selectTab(event.currentTarget.dataset["tab"] as ReportTab),
    retry: (store) => void store.refresh(),
    toggleFavourite: (store, event: DingTalk.Event) =>
      void store.toggleFavourite(String(event.currentTarget.dataset["id"])),
    openReport: (_store, event: DingTalk.Event) =>
      navigateTo(`/pages/report/report?id=${encodeURIComponent(String(event.currentTarget.dataset["id"]))}`),
  },
});
