import type { Language } from "../../../core/report/format";
import { useApp } from "../../app-context";

const zh = {
  account: "账号",
  dingtalk: "绑定钉钉账号",
  dingtalkHint: "绑定后，你在钉钉里打开小程序就直接以这个账号登录。",
  bound: (member: string) => `已绑定钉钉成员：${member}`,
  notBound: "还没有绑定",
  bind: "绑定钉钉账号",
  cannotBind:
    "管理员还没有在“小程序设置”里填写小程序 ID 和 AgentId，暂时不能扫码绑定。也可以直接在钉钉里打开小程序绑定。",
  unbind: "解除绑定",
  unbindTitle: "解除你的钉钉绑定？",
  unbindHint: "钉钉里的登录立即结束。之后可以再次绑定。",
  scan: "用手机钉钉扫描二维码，在手机上核对账号后确认。本页会自动更新。",
  link: {
    waiting: "等待扫码…",
    opened: (name: string) => `${name} 已扫码，请在手机上确认`,
    bound: (name: string) => `绑定成功：${name}`,
    refused: "手机上取消了绑定",
    expired: "二维码已失效",
  },
  newCode: "换一个二维码",
  devices: "已登录的设备",
  places: { "mini-program": "手机小程序", workbench: "钉钉工作台", browser: "浏览器" },
  current: "当前",
  since: (when: string) => `${when} 登录`,
  signOut: "退出登录",
  password: "修改密码",
  currentPassword: "当前密码",
  nextPassword: "新密码",
  passwordHint: "至少 10 位。修改后其他设备都会退出登录。",
  change: "修改密码",
  changed: "密码已修改，其他设备已退出登录",
};

const en: typeof zh = {
  account: "Account",
  dingtalk: "Bind DingTalk Account",
  dingtalkHint: "Once bound, the mini program in your DingTalk signs you in to this account.",
  bound: (member) => `Bound to the DingTalk member ${member}`,
  notBound: "Not bound yet",
  bind: "Bind DingTalk Account",
  cannotBind:
    "The mini program's id and AgentId are missing from the Mini program settings, so there is no QR code yet. You can also open the mini program in DingTalk and bind there.",
  unbind: "Unbind",
  unbindTitle: "Unbind your DingTalk account?",
  unbindHint: "Your sessions in DingTalk end at once. You can bind again.",
  scan: "Scan the code with DingTalk on your phone, check the account there and confirm. This page updates by itself.",
  link: {
    waiting: "Waiting for the scan…",
    opened: (name) => `${name} has scanned it; confirm on the phone`,
    bound: (name) => `Bound: ${name}`,
    refused: "It was refused on the phone",
    expired: "The code has expired",
  },
  newCode: "Another code",
  devices: "Where you are signed in",
  places: { "mini-program": "Phone", workbench: "DingTalk Workbench", browser: "Browser" },
  current: "this one",
  since: (when) => `since ${when}`,
  signOut: "Sign out",
  password: "Password",
  currentPassword: "Current password",
  nextPassword: "New password",
  passwordHint: "At least 10 characters. All other devices are signed out.",
  change: "Change password",
  changed: "Password changed; other devices are signed out",
};

const WORDS: Record<Language, typeof zh> = { "zh-CN": zh, "en-US": en };

/** The texts of personal settings, in the person's language. */
export const usePersonalWords = (): typeof zh => WORDS[useApp().language.current];
