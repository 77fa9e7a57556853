import type { PageApp, PhoneBoot } from "../boot";
import { startPhone } from "./phone";
import { createSjsModules, type SjsModules } from "./sjs-modules";
import style from "./style.css";

declare global {
  interface Window {
    /** Called by the compiled sjs script, once a module. */
    __sjs: SjsModules["define"];
    /** Called by the page's last script with the compiled mini program. */
    __startPhone(app: PageApp): void;
  }
}

const sheet = document.createElement("style");
sheet.textContent = style;
document.head.append(sheet);

const modules = createSjsModules();
window.__sjs = modules.define;
window.__startPhone = (app) => {
  const boot = JSON.parse(document.getElementById("boot")?.textContent ?? "{}") as PhoneBoot;
  startPhone(boot, app, modules.load);
};
