const zh = {
  title: "钉钉登录",
  hint: "请使用钉钉手机端扫描二维码",
  agreeAbove: (app: string) => `登录到「${app}」`,
  scanned: "扫描成功",
  confirmThere: "请在手机上确认登录",
  phone: "模拟的手机",
  holder: "谁拿着手机",
  scan: "用手机扫一扫",
  asks: (app: string) => `${app} 申请获得以下权限`,
  basics: "获取你的个人基础信息（昵称、头像）",
  organisation: (name: string) => `获取你登录的组织：${name}`,
  agree: "同意",
  refuse: "拒绝",
  notMember: (person: string, name: string) => `${person} 不在组织「${name}」中，无法登录该组织的内部应用。`,
  notActive: (person: string) => `${person} 还没有激活钉钉。`,
  again: "重新扫码",
  wrong: "无法登录",
  wrongHint: (parameter: string) => `应用传来的参数有误：${parameter}。请联系应用的开发者核对开发配置。`,
};

const en: typeof zh = {
  title: "Sign in with DingTalk",
  hint: "Scan the QR code with DingTalk on your phone",
  agreeAbove: (app) => `to sign in to ${app}`,
  scanned: "Scanned",
  confirmThere: "Confirm on your phone",
  phone: "The simulated phone",
  holder: "Who holds the phone",
  scan: "Scan with the phone",
  asks: (app) => `${app} asks for`,
  basics: "Your basic profile (nickname, picture)",
  organisation: (name) => `The organisation you sign in to: ${name}`,
  agree: "Agree",
  refuse: "Refuse",
  notMember: (person, name) => `${person} is not in ${name}, whose internal app lets nobody else in.`,
  notActive: (person) => `${person} has not activated DingTalk yet.`,
  again: "Scan again",
  wrong: "Cannot sign in",
  wrongHint: (parameter) =>
    `The application sent a wrong parameter: ${parameter}. Ask its developer to check its settings.`,
};

export type LoginWords = typeof zh;

/** As the browser asks for them. */
export const wordsFor = (acceptLanguage: string | undefined): { lang: "zh-CN" | "en"; words: LoginWords } =>
  /^\s*en\b/i.test(acceptLanguage ?? "") ? { lang: "en", words: en } : { lang: "zh-CN", words: zh };
