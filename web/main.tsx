import "./style.css";
import { createRoot } from "react-dom/client";
import { BrowserSessionStore } from "../client/stores/browser-session";
import { LanguageStore } from "../client/stores/language";
import { LaunchStore } from "../client/stores/launch";
import { App } from "./app";
import { createDingTalkClient } from "./dingtalk/client";
import { environmentOf } from "./dingtalk/environment";
import { followTitle } from "./dingtalk/title";
import { isEntryPath, takeEntry } from "./entry";
import { DingTalkDoor } from "./dingtalk-door";
import { browserStorage } from "./storage";
import { browserTransport, untilSignedOut } from "./transport";

const environment = environmentOf(navigator.userAgent);
const entry = takeEntry(environment.insideDingTalk); // first of all: secrets leave the address bar
const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
const language = new LanguageStore({ storage: browserStorage, system: navigator.language });
const session = new BrowserSessionStore(browserTransport);
const call = untilSignedOut(browserTransport, session);
const launch = new LaunchStore(call);
const dingtalk = createDingTalkClient({
  load: () => import("./dingtalk/jsapi").then((module) => module.jsapi),
  follow: (address) => location.assign(address),
  later: (run, ms) => void setTimeout(run, ms),
});
const door = new DingTalkDoor({ environment, entry, session, launch, storage: browserStorage });
if (environment.insideDingTalk) followTitle(dingtalk);
createRoot(root).render(<App parts={{ session, language, call, launch, entry, environment, dingtalk, door }} />);
void language.restore();
void door.restore();
if (!isEntryPath(entry.path)) void session.start().then(() => door.signInAtStart());
