import { action, makeObservable, observableRef } from "mobx";
import { toApiError, type ClientErrorCode } from "../client/api/error";
import type { LanguageStore } from "../client/stores/language";
import type { GateView } from "../client/stores/session/session";
import { errorText } from "../client/text/text";

/** On a PC the page's content is our web page. */
export interface WebPageView {
  kind: "web";
  src: string;
}

type State = { kind: "asking" } | { kind: "failed"; code: ClientErrorCode } | WebPageView;

interface PcStartParts {
  publicUrl: string;
  corpId: () => string | null;
  getAuthCode: (corpId: string) => Promise<string>;
  language: LanguageStore;
}

/**
 * The mini program started on a PC, where DingTalk has neither `httpRequest` nor most of the canvas: each page shows the web
 * page for it, signed in by an auth code in the fragment, which no server and no history keeps.
 * https://open.dingtalk.com/document/development/mini-app-web-view
 */
export class PcStart {
  /** By the web page's path. One value: a page learns its own path only as it opens. */
  private pages: Readonly<Record<string, State>> = {};

  constructor(private readonly parts: PcStartParts) {
    makeObservable<this, "pages" | "show">(this, { pages: observableRef, show: action });
  }

  /** Asks for a code of its own for each page, once, and again after a failure. */
  async open(path: string): Promise<void> {
    const known = this.pages[path];
    if (known && known.kind !== "failed") return;
    this.show(path, { kind: "asking" });
    const corpId = this.parts.corpId();
    if (corpId === null) return this.show(path, { kind: "failed", code: "corp_unknown" });
    try {
      const code = await this.parts.getAuthCode(corpId);
      this.show(path, { kind: "web", src: this.address(corpId, path, code) });
    } catch (thrown) {
      this.show(path, { kind: "failed", code: toApiError(thrown).code });
    }
  }

  /** The list of reports, for pages of the mini program that have no page on the web: it begins no launch of its own. */
  get home(): WebPageView {
    return { kind: "web", src: `${this.server}/` };
  }

  private get server(): string {
    return this.parts.publicUrl.replace(/\/$/, "");
  }

  private address(corpId: string, path: string, code: string): string {
    const target = path === "/" ? "" : `&target=${encodeURIComponent(path)}`;
    return `${this.server}/pc?corpId=${encodeURIComponent(corpId)}${target}#code=${encodeURIComponent(code)}`;
  }

  private show(path: string, state: State): void {
    this.pages = { ...this.pages, [path]: state };
  }

  /** What stands in place of the page. */
  view(path: string): GateView | WebPageView {
    const { texts } = this.parts.language;
    const state = this.pages[path] ?? { kind: "asking" };
    if (state.kind === "asking") return { kind: "starting", text: texts.signIn.starting };
    if (state.kind === "web") return state;
    return { kind: "failed", ...errorText(texts, { code: state.code }), action: texts.signIn.retry };
  }
}
