import { computed, makeObservable } from "mobx";
import type { Me } from "../../../core/contract/session/session";
import type { Language } from "../../../core/report/format";
import type { LanguageStore } from "../language";
import type { SessionStore } from "./session";

export interface MeView {
  name: string;
  /** Stands in for a missing picture. */
  initial: string;
  avatar: string;
  facts: { label: string; value: string }[];
  enterprises: { id: string; name: string; current: boolean }[];
  language: Language;
}

/** Who is signed in, and as what. */
export class MeStore {
  constructor(private readonly parts: { session: SessionStore; language: LanguageStore }) {
    makeObservable(this, { view: computed });
  }

  signOut(): Promise<void> {
    return this.parts.session.signOut();
  }

  chooseLanguage(language: Language): void {
    this.parts.language.choose(language);
  }

  chooseEnterprise(id: string): Promise<void> {
    return this.parts.session.chooseEnterprise(id);
  }

  get view(): MeView | null {
    const { state } = this.parts.session;
    return state.kind === "ready" ? this.viewOf(state.me) : null;
  }

  private viewOf(me: Me): MeView {
    const { texts, current } = this.parts.language;
    const role = me.instanceOwner ? "owner" : (me.role ?? "none");
    const facts = [
      { label: texts.me.account, value: me.user.login },
      { label: texts.me.enterprise, value: me.enterprise?.name ?? "–" },
      { label: texts.me.departments, value: me.departments.join(current === "zh-CN" ? "、" : ", ") || "–" },
      { label: texts.me.role, value: texts.me.roles[role] },
    ];
    return {
      name: me.user.name,
      initial: me.user.name.slice(current === "zh-CN" ? -1 : 0).slice(0, 1),
      avatar: me.user.avatar ?? "",
      facts,
      enterprises:
        me.enterprises.length > 1
          ? me.enterprises.map(({ id, name }) => ({ id, name, current: id === me.enterprise?.id }))
          : [],
      language: current,
    };
  }
}
