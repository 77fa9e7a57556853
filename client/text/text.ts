import type { Language } from "../../core/report/format";
import type { ClientErrorCode } from "../api/error";
import { enUS } from "./en-US";
import type { ErrorText, Texts } from "./texts";
import { zhCN } from "./zh-CN";

const TEXTS: Record<Language, Texts> = { "zh-CN": zhCN, "en-US": enUS };

export function textsOf(language: Language): Texts {
  return TEXTS[language];
}

/** The text for a failure, with the seconds to wait where the server named them. */
export function errorText(
  texts: Texts,
  error: { code: ClientErrorCode; retryAfter?: number | undefined },
): ErrorText & { code: ClientErrorCode } {
  const { title, advice } = texts.errors[error.code] ?? texts.errors.internal;
  const wait = error.retryAfter ? ` ${texts.retryAfter(error.retryAfter)}` : "";
  return { title, advice: `${advice}${wait}`, code: error.code };
}
