import type { Texts } from "../../client/text/texts";
import { textsOf } from "../../client/text/text";
import type { Language } from "../../core/report/format";

/** Advice that is another one here: a browser has no list to pull down. */
const ADVICE: Record<Language, Partial<Record<keyof Texts["errors"], string>>> = {
  "zh-CN": {
    query_failed: "请点击“刷新”；若一直如此，请联系报表的编辑者。",
    query_timeout: "数据量较大，请稍后点击“刷新”再试。",
  },
  "en-US": {
    query_failed: "Press Refresh; if it stays, tell the report's editor.",
    query_timeout: "There is much data: press Refresh in a while.",
  },
};

function adapted(language: Language): Texts {
  const texts = textsOf(language);
  const errors = { ...texts.errors };
  for (const [code, advice] of Object.entries(ADVICE[language]) as [keyof Texts["errors"], string][]) {
    errors[code] = { ...errors[code], advice };
  }
  return { ...texts, errors };
}

const TEXTS: Record<Language, Texts> = { "zh-CN": adapted("zh-CN"), "en-US": adapted("en-US") };

/** The texts that both clients share, worded for a browser. */
export const browserTextsOf = (language: Language): Texts => TEXTS[language];
