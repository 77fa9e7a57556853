import { renderSVG } from "uqr";
import type { Person } from "../open-platform/control/contract";
import type { LoginWords } from "./words";

/** Text as HTML, quotes included. */
export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

interface Frame {
  lang: string;
  words: LoginWords;
}

const STYLE = `
:root{color-scheme:light dark;--ink:#171a1d;--quiet:#747677;--paper:#fff;--back:#f2f3f5;--line:#e4e5e7;--blue:#007fff}
@media(prefers-color-scheme:dark){:root{--ink:#f3f4f5;--quiet:#a2a5a8;--paper:#232527;--back:#17181a;--line:#3a3d40;--blue:#3296fa}}
*{box-sizing:border-box}body{margin:0;min-height:100vh;background:var(--back);color:var(--ink);font:14px/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;display:flex;flex-wrap:wrap;gap:24px;align-items:center;justify-content:center;padding:24px 16px}
main,aside{background:var(--paper);border:1px solid var(--line);border-radius:16px;padding:28px 24px;width:320px;max-width:100%}
main{text-align:center}h1{font-size:20px;line-height:1.4;margin:0 0 4px}h2{font-size:14px;margin:0 0 16px}p{margin:0 0 16px;color:var(--quiet)}
.qr{width:216px;max-width:100%;margin:20px auto;background:#fff;border-radius:12px;padding:12px;position:relative;display:grid}
.qr svg{display:block;width:100%;height:auto}.done svg{opacity:.08}.done b{position:absolute;inset:0;display:grid;place-content:center;color:#171a1d;font-size:16px}
label{display:grid;gap:6px;margin-bottom:16px}select,button{font:inherit;color:inherit;border:1px solid var(--line);border-radius:8px;padding:9px 12px;width:100%;background:var(--paper)}
button{cursor:pointer;margin-bottom:8px}button.first{background:#0066d6;border-color:#0066d6;color:#fff}
:focus-visible{outline:2px solid var(--blue);outline-offset:2px}ul{margin:0 0 20px;padding-left:18px;color:var(--quiet)}
.fault{color:#d4380d}@media(prefers-color-scheme:dark){.fault{color:#ff7a45}}`;

function documentOf({ lang, words }: Frame, body: string): string {
  return `<!doctype html>
<html lang="${lang}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${words.title}</title><style>${STYLE}</style></head>
<body>${body}</body>
</html>
`;
}

/** The address was not as documented: nobody is led back to a place that no administrator registered. */
export const wrongPage = (frame: Frame, parameter: string): string =>
  documentOf(
    frame,
    `<main><h1>${frame.words.wrong}</h1><p class="fault" role="alert">${frame.words.wrongHint(parameter)}</p></main>`,
  );

/** What both windows show. */
export interface SignInView extends Frame {
  appName: string;
  /** The parameters of the request, kept from step to step. */
  kept: [string, string][];
  /** What the QR code holds. */
  code: string;
}

/** The page with the QR code; beside it the phone, in the hand of whom the person at the desk chooses. */
export function scanPage(view: SignInView, people: readonly Person[], chosen: string | null, fault: string | null) {
  const { words } = view;
  const options = people.map((person) => {
    const label = `${person.name} · ${person.title} · ${view.lang === "en" ? person.organisation.nameEn : person.organisation.name}`;
    const selected = person.who === chosen ? " selected" : "";
    return `<option value="${escaped(person.who)}"${selected}>${escaped(label)}</option>`;
  });
  const phone = `${fault === null ? "" : `<p class="fault" role="alert">${escaped(fault)}</p>`}
<label>${words.holder}<select name="who">${options.join("")}</select></label><button class="first" name="step" value="scan">${words.scan}</button>`;
  return twoWindows(view, computer(view, words.hint, false), phone);
}

/** The phone has scanned and asks its person. */
export function consentPage(view: SignInView, person: Person, organisation: string | null): string {
  const { words } = view;
  const asked = [words.basics, ...(organisation === null ? [] : [words.organisation(organisation)])];
  const phone = `<p>${escaped(person.name)}</p><p>${escaped(words.asks(view.appName))}</p>
<ul>${asked.map((line) => `<li>${escaped(line)}</li>`).join("")}</ul>
<input type="hidden" name="who" value="${escaped(person.who)}">
<button class="first" name="step" value="agree">${words.agree}</button><button name="step" value="refuse">${words.refuse}</button>`;
  return twoWindows(view, computer(view, words.confirmThere, true), phone);
}

function computer({ words, appName, code }: SignInView, hint: string, scanned: boolean): string {
  return `<h1>${words.title}</h1><p>${escaped(words.agreeAbove(appName))}</p>
<div class="qr${scanned ? " done" : ""}">${renderSVG(code, { border: 0 })}${scanned ? `<b>${words.scanned}</b>` : ""}</div><p>${hint}</p>`;
}

function twoWindows(view: SignInView, left: string, phone: string): string {
  const kept = view.kept.map(
    ([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`,
  );
  return documentOf(
    view,
    `<main>${left}</main><aside><h2>${view.words.phone}</h2><form method="post">${kept.join("")}${phone}</form></aside>`,
  );
}
