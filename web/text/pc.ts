import type { Language } from "../../core/report/format";
import { useApp } from "../app-context";

const zh = {
  continued: "已在浏览器中打开",
  continuedHint: "报表在系统浏览器里继续。没有看到？可以再打开一次。",
  openFailed: "没能打开浏览器",
  openFailedHint: "钉钉没有打开系统浏览器。可以再试一次，或留在这里查看。",
  openAgain: "再次打开",
  stayHere: "留在这里",
  closePage: "关闭本页",
  keptInside: "已在钉钉内打开",
  keptInsideHint: "钉钉设置了“工作台应用内所有页面都在钉钉内打开”，报表已显示在另一个标签页。",
  keptHere: "企业设置为在浏览器中打开，但你的钉钉开启了“工作台应用内所有页面都在钉钉内打开”。",
  tryBrowser: "再试浏览器",
  gotIt: "知道了",
  otherUser: (name: string) => `这个浏览器里登录的是 ${name}。换成钉钉里的账号后，${name} 会在这里退出登录。`,
  replace: "换成钉钉里的账号",
  keep: (name: string) => `保留 ${name}`,
  continueAs: (name: string) => `以 ${name} 继续`,
  lastUser: "用钉钉里的账号登录？",
  lastUserHint: "这个浏览器上次登录的是另一个账号。只有这个链接是你自己在钉钉里打开的，才继续。",
  useDingTalk: "用钉钉里的账号登录",
  signInOtherwise: "以其他方式登录",
  arrived: (name: string, enterprise: string) =>
    `已从钉钉以 ${name}${enterprise ? `（${enterprise}）` : ""}的身份登录。不是你？`,
  thatIsMe: "是我",
  notMe: "不是我，退出登录",
};

const en: typeof zh = {
  continued: "Continued in the browser",
  continuedHint: "The report goes on in your system browser. Not there? Open it again.",
  openFailed: "The browser could not be opened",
  openFailedHint: "DingTalk did not open your system browser. Try again, or stay here.",
  openAgain: "Open again",
  stayHere: "Stay here",
  closePage: "Close this page",
  keptInside: "Opened inside DingTalk",
  keptInsideHint:
    "DingTalk is set to open all pages of Workbench apps in DingTalk, so the report is shown in another tab.",
  keptHere:
    "Your enterprise opens reports in the browser, but your DingTalk is set to open all pages of Workbench apps in DingTalk.",
  tryBrowser: "Try the browser again",
  gotIt: "Got it",
  otherUser: (name) =>
    `${name} is signed in in this browser. Changing over to the account from DingTalk signs ${name} out here.`,
  replace: "Change over to the account from DingTalk",
  keep: (name) => `Keep ${name}`,
  continueAs: (name) => `Continue as ${name}`,
  lastUser: "Sign in with the account from DingTalk?",
  lastUserHint:
    "Another account was the last one to sign in in this browser. Go on only if you opened this link in DingTalk yourself.",
  useDingTalk: "Sign in with the account from DingTalk",
  signInOtherwise: "Sign in another way",
  arrived: (name, enterprise) => `Signed in from DingTalk as ${name}${enterprise ? ` (${enterprise})` : ""}. Not you?`,
  thatIsMe: "That's me",
  notMe: "Not me, sign out",
};

const WORDS: Record<Language, typeof zh> = { "zh-CN": zh, "en-US": en };

/** The texts around opening on a PC, in the person's language. */
export const usePcWords = (): typeof zh => WORDS[useApp().language.current];
