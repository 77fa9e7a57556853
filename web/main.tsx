import "./style.css";
import { createRoot } from "react-dom/client";
import { reaction } from "mobx";
import { ArrivalStore } from "../client/stores/session/arrival";
import { BrowserSessionStore } from "../client/stores/session/browser-session";
import { LanguageStore } from "../client/stores/language";
import { LaunchStore } from "../client/stores/session/launch";
import { App } from "./app";
import { createDingTalkClient } from "./dingtalk/client";
import { repeated } from "../client/api/repeat";
import { environmentOf } from "./dingtalk/environment";
import { followTitle } from "./dingtalk/title";
import { EarlyView } from "./early-view";
import { isEntryPath, takeEntry } from "./entry";
import { DingTalkDoor } from "./dingtalk-door";
import { actingCorpId, CORP_ID } from "./links";
import { keepInAddress, navigate } from "./router";
import { browserStorage } from "./storage";
import { browserTextsOf } from "./text/shared";
import { browserTransport, untilSignedOut } from "./transport";

const environment = environmentOf(navigator.userAgent);
const entry = takeEntry(environment.insideDingTalk); // first of all: secrets leave the address bar
const transport = repeated(browserTransport);
const early = new EarlyView(transport);
if (!isEntryPath(entry.path)) early.ask(location.pathname + location.search);
const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
const language = new LanguageStore({ storage: browserStorage, system: navigator.language, texts: browserTextsOf });
const session = new BrowserSessionStore(transport);
const call = untilSignedOut(early.call, session);
const launch = new LaunchStore(call);
const arrival = new ArrivalStore({ session, storage: browserStorage });
const dingtalk = createDingTalkClient({
  load: () => import("./dingtalk/jsapi").then((module) => module.jsapi),
  follow: (address) => location.assign(address),
  later: (run, ms) => void setTimeout(run, ms),
});
const door = new DingTalkDoor({ call, environment, entry, session, launch, storage: browserStorage });
if (environment.insideDingTalk) followTitle(dingtalk);
const leave = (target: string): void => {
  early.ask(target);
  navigate(target, { replace: true });
};
void language.restore();
void door.restore();
void arrival.restore();
if (environment.insideDingTalk) {
  // What the client's own "copy link" takes then leads others to their enterprise.
  reaction(
    () => actingCorpId(session),
    (corpId) => {
      if (corpId !== null) keepInAddress(CORP_ID, corpId);
    },
  );
}
reaction(
  () => (session.state.kind === "ready" ? session.state.me : null),
  (me) => void (me && arrival.signedIn(me)),
);
const parts = { session, language, call, launch, arrival, entry, environment, dingtalk, door, leave };
createRoot(root).render(<App parts={parts} />);
if (!isEntryPath(entry.path)) void session.start(() => early.me()).then(() => door.begin());
