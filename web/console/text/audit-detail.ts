import type { AuditItem } from "../../../client/api/audit";
import type { Language } from "../../../core/report/format";

/** The names that details go by, and those of their values that are words. What is not here is shown as it is kept. */
const ZH: Record<string, string> = {
  accounts: "账号",
  added: "新增",
  administrator: "管理员",
  browser: "系统浏览器",
  count: "数量",
  disabled: "停用",
  editor: "编辑者",
  entries: "条数",
  false: "否",
  http: "HTTP 推送",
  members: "成员",
  mode: "方式",
  name: "名称",
  newKeys: "更换密钥",
  none: "不接收",
  opening: "打开方式",
  problem: "原因",
  renamed: "改名",
  reportId: "报表",
  role: "角色",
  stream: "Stream 模式",
  true: "是",
  userId: "用户",
  viewer: "查看者",
  workbench: "钉钉工作台",
};

const EN: Record<string, string> = { newKeys: "new keys", reportId: "report", userId: "user" };

/** What an entry of the audit log says besides who, what and whom: `新增：8 · 改名：0`. */
export function detailText(detail: AuditItem["detail"], language: Language): string {
  const words = language === "zh-CN" ? ZH : EN;
  const word = (text: string): string => words[text] ?? text;
  const colon = language === "zh-CN" ? "：" : ": ";
  return Object.entries(detail)
    .map(([name, value]) => word(name) + colon + word(String(value)))
    .join(" · ");
}
