import type { Language } from "../../core/report/format";

const zh = {
  slogan: "报表，就在团队所在之处",
  signIn: "登录",
  signInHint: "使用本地账号登录。在钉钉里打开小程序则无需输入。",
  login: "用户名或邮箱",
  password: "密码",
  loginMissing: "请输入用户名或邮箱",
  passwordMissing: "请输入密码",
  passwordShort: "至少 10 个字符",
  show: "显示",
  hide: "隐藏",
  setUp: "创建第一位管理员",
  setUpHint: "他管理整个实例：授权企业、同步成员、绑定账号。",
  setUpNoLink:
    "这台服务器还没有管理员。请打开启动时写入数据目录 setup-link 文件中的链接（30 分钟内有效）；过期后重启服务会得到新的链接。",
  name: "姓名",
  nameMissing: "请输入姓名",
  create: "创建并登录",
  noEnterprise: "还没有企业",
  noEnterpriseHint: "在管理控制台里授权第一个企业，成员就能在钉钉里读报表。",
  enterprise: "企业",
  otherLanguage: "English",
  account: "账户",
  console: "管理控制台",
  data: "数据管理",
  personal: "个人设置",
  loading: "正在加载",
};

const en: typeof zh = {
  slogan: "Reports where the team already is",
  signIn: "Sign in",
  signInHint: "Use your local account. Inside DingTalk the mini program signs you in by itself.",
  login: "User name or e-mail",
  password: "Password",
  loginMissing: "Enter your user name or e-mail",
  passwordMissing: "Enter your password",
  passwordShort: "At least 10 characters",
  show: "Show",
  hide: "Hide",
  setUp: "Create the first administrator",
  setUpHint: "They run the whole instance: authorise enterprises, sync members, bind accounts.",
  setUpNoLink:
    "This server has no administrator yet. Open the link that was written to the file setup-link in the data folder at start (valid for 30 minutes); a restart writes a new one.",
  name: "Name",
  nameMissing: "Enter a name",
  create: "Create and sign in",
  noEnterprise: "No enterprise yet",
  noEnterpriseHint: "Authorise the first one in the console; its members then read reports in DingTalk.",
  enterprise: "Enterprise",
  otherLanguage: "中文",
  account: "Account",
  console: "Console",
  data: "Data",
  personal: "Personal settings",
  loading: "Loading",
};

/** Every text of the web application that is not shared with the mini program. */
export const WORDS: Record<Language, typeof zh> = { "zh-CN": zh, "en-US": en };
export type Words = typeof zh;
