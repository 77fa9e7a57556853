import type { Language } from "../../core/report/format";
import { useApp } from "../app-context";

const zh = {
  scan: "用钉钉扫码登录",
  choose: "选择要登录的企业",
  other: "其他企业",
  corpId: "企业的 CorpId",
  corpIdHint: "以 ding 开头，可向企业管理员索取。",
  corpIdMissing: "请输入 CorpId",
  next: "前往钉钉扫码",
};

const en: typeof zh = {
  scan: "Sign in with DingTalk",
  choose: "Choose the enterprise",
  other: "Another enterprise",
  corpId: "The enterprise's CorpId",
  corpIdHint: "It begins with ding; your administrator knows it.",
  corpIdMissing: "Enter the CorpId",
  next: "Go to DingTalk",
};

const WORDS: Record<Language, typeof zh> = { "zh-CN": zh, "en-US": en };

/** The texts around signing in at DingTalk's own page, in the person's language. */
export const useDingTalkSignInWords = (): typeof zh => WORDS[useApp().language.current];
