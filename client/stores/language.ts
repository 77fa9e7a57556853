import { action, computed, makeObservable, observable } from "mobx";
import type { Language } from "../../core/report/format";
import type { Texts } from "../text/texts";
import { textsOf } from "../text/text";
import type { Storage } from "./storage";

const KEY = "language";

function isLanguage(value: unknown): value is Language {
  return value === "zh-CN" || value === "en-US";
}

/** The language of a client's own name for it: `zh-Hans-CN`, `zh_CN`, `English`, `en` … Chinese where it says nothing. */
export function languageOf(name: string | undefined): Language {
  return name !== undefined && /^en/i.test(name) ? "en-US" : "zh-CN";
}

/** Which language the person reads: the client's, until they choose another. */
export class LanguageStore {
  current: Language;
  private readonly storage: Storage;
  private readonly textsOf: (language: Language) => Texts;

  /** `texts`: where a platform words some of them in its own way. */
  constructor(parts: { storage: Storage; system: string | undefined; texts?: (language: Language) => Texts }) {
    this.storage = parts.storage;
    this.textsOf = parts.texts ?? textsOf;
    this.current = languageOf(parts.system);
    makeObservable(this, { current: observable, texts: computed, choose: action, show: action });
  }

  get texts(): Texts {
    return this.textsOf(this.current);
  }

  /** Takes up what the person chose earlier. */
  async restore(): Promise<void> {
    const kept = await this.storage.get(KEY);
    if (isLanguage(kept)) this.show(kept);
  }

  choose(language: Language): void {
    this.show(language);
    void this.storage.set(KEY, language);
  }

  show(language: Language): void {
    this.current = language;
  }
}
