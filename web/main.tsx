import "./style.css";
import { createRoot } from "react-dom/client";
import { BrowserSessionStore } from "../client/stores/browser-session";
import { LanguageStore } from "../client/stores/language";
import { App } from "./app";
import { browserStorage } from "./storage";
import { browserTransport } from "./transport";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
const language = new LanguageStore({ storage: browserStorage, system: navigator.language });
const session = new BrowserSessionStore(browserTransport);
createRoot(root).render(<App parts={{ session, language, call: browserTransport }} />);
void language.restore();
void session.start();
