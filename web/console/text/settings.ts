import type { Language } from "../../../core/report/format";
import { useApp } from "../../app-context";

const zh = {
  pcTitle: "在电脑上的打开方式",
  workbench: "在钉钉工作台打开（默认）",
  browser: "在系统浏览器打开",
  pcHint:
    "只影响电脑，手机不变。若成员在钉钉客户端里打开了“工作台应用内所有页面都在钉钉内打开”，以成员自己的设置为准，仍在工作台打开。",
  homeTitle: "首页报表",
  homeHint: "成员打开小程序时首先看到的报表；不选则显示报表列表。",
  noHome: "报表列表",
  quotaTitle: "钉钉版本与额度",
  quotaLimit: "每月额度上限",
  quotaLimitHint: "专属版没有公开的数字，请按合同填写；留空则用版本的默认值。",
  keyTitle: "应用密钥",
  keyHint: "更换时先由钉钉验证，验证不通过不会保存。已保存的密钥不再显示。",
  clientId: "Client ID（AppKey）",
  clientSecret: "新的 Client Secret",
  agentId: "AgentId",
  miniAppId: "小程序 ID（MiniAppId）",
  saveKey: "验证并保存",
  eventTitle: "事件订阅",
  eventHint: "成员、部门或授权在钉钉变化时立即生效。",
  modes: { none: "不接收", http: "HTTP 推送", stream: "Stream 模式（无需公网地址）" },
  mode: "接收方式",
  eventUrl: "在钉钉“事件订阅”里填写的请求网址",
  token: "签名 Token",
  aesKey: "加密 aes_key（43 位）",
  keysStored: "已保存；留空则不变",
  lastEvent: (when: string) => `最近收到事件：${when}`,
  noEvent: "还没有收到过事件",
};

const en: typeof zh = {
  pcTitle: "How it opens on PC",
  workbench: "In DingTalk's Workbench (default)",
  browser: "In the system browser",
  pcHint:
    "Only PC is affected; phones stay as they are. Where a member's DingTalk client is set to open all pages of Workbench apps in DingTalk, their own setting wins and the app stays in the Workbench.",
  homeTitle: "Home page",
  homeHint: "The report that members see first; without one they see the list of reports.",
  noHome: "List of reports",
  quotaTitle: "DingTalk edition and quota",
  quotaLimit: "Monthly limit",
  quotaLimitHint: "Exclusive has no published number: enter your contract's. Left empty, the edition's own counts.",
  keyTitle: "App keys",
  keyHint: "DingTalk proves new keys before they are saved. A saved secret is never shown again.",
  clientId: "Client ID (AppKey)",
  clientSecret: "New Client Secret",
  agentId: "AgentId",
  miniAppId: "Mini program ID (MiniAppId)",
  saveKey: "Verify and save",
  eventTitle: "Event subscription",
  eventHint: "Changes of members, departments or the authorization in DingTalk take effect at once.",
  modes: { none: "None", http: "HTTP push", stream: "Stream (needs no public address)" },
  mode: "Arrive by",
  eventUrl: "Request address to enter under Event subscription in DingTalk",
  token: "Signature token",
  aesKey: "Encryption aes_key (43 characters)",
  keysStored: "stored; left empty it stays",
  lastEvent: (when) => `Last event: ${when}`,
  noEvent: "No event has arrived yet",
};

const WORDS: Record<Language, typeof zh> = { "zh-CN": zh, "en-US": en };

/** The texts of an enterprise's settings, in the person's language. */
export const useSettingsWords = (): typeof zh => WORDS[useApp().language.current];
