/** Languages of the desk page; the phone is opened in the same one. */
export type Language = "zh-CN" | "en-US";

const zh = {
  tagline: "桌面上的钉钉",
  who: "谁拿着手机",
  whoHint: "选一个人，再点手机上的应用",
  outside: "未授权",
  calls: "开放平台调用",
  callsHint: "应用服务器对钉钉发起的每一次调用",
  monthUsed: "本月计入额度",
  exemptShown: "免计",
  state: "钉钉状态",
  normal: "正常",
  slow: "变慢",
  down: "宕机",
  quota: "额度用尽",
  normalHint: "一切如常",
  slowHint: "每次调用多等 3 秒",
  downHint: "每次调用都得到 503",
  quotaHint: "计入额度的调用被拒绝，免计的照常",
  clear: "清空",
  counted: "计入",
  exempt: "免计",
  none: "不计",
  running: "进行中",
  noCalls: "还没有调用",
  noCallsHint: "在手机上打开应用，调用会出现在这里。",
  gone: "对方已离开",
  lost: "与桌面的连接断开，正在重连",
  workbench: "工作台",
  reload: "重新打开",
  toWorkbench: "回到工作台",
  companyApps: "企业应用",
  everyday: "常用",
  search: "搜索",
  attendance: "考勤",
  approval: "审批",
  log: "日志",
  drive: "钉盘",
  calendar: "日历",
  mail: "邮箱",
  form: "表单",
  messages: "消息",
  projects: "协作",
  contacts: "通讯录",
  me: "我的",
  open: "打开",
};

/** Every text of the page by name. */
export type Words = typeof zh;

const en: Words = {
  tagline: "DingTalk on your desk",
  who: "Who holds the phone",
  whoHint: "Choose a person, then tap the app",
  outside: "Not authorised",
  calls: "Open Platform calls",
  callsHint: "Every call that the app's server makes to DingTalk",
  monthUsed: "counted this month",
  exemptShown: "exempt",
  state: "DingTalk is",
  normal: "Normal",
  slow: "Slow",
  down: "Down",
  quota: "Quota spent",
  normalHint: "Everything answers",
  slowHint: "Every call waits 3 seconds more",
  downHint: "Every call gets a 503",
  quotaHint: "Counted calls are refused, exempt ones are not",
  clear: "Clear",
  counted: "counted",
  exempt: "exempt",
  none: "free",
  running: "running",
  noCalls: "No calls yet",
  noCallsHint: "Open the app on the phone and its calls appear here.",
  gone: "caller left",
  lost: "The desk does not answer; trying again",
  workbench: "Workbench",
  reload: "Open again",
  toWorkbench: "Back to the Workbench",
  companyApps: "Company apps",
  everyday: "Everyday",
  search: "Search",
  attendance: "Attendance",
  approval: "Approval",
  log: "Reports",
  drive: "Drive",
  calendar: "Calendar",
  mail: "Mail",
  form: "Forms",
  messages: "Messages",
  projects: "Projects",
  contacts: "Contacts",
  me: "Me",
  open: "Open",
};

export const WORDS: Record<Language, Words> = { "zh-CN": zh, "en-US": en };

const KEPT = "desk-language";

/** The language chosen last, else the browser's. */
export function firstLanguage(): Language {
  const known = localStorage.getItem(KEPT) ?? navigator.language;
  return known.toLowerCase().startsWith("zh") ? "zh-CN" : "en-US";
}

export function keepLanguage(language: Language): void {
  localStorage.setItem(KEPT, language);
}
