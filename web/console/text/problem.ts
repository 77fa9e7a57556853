import type { Problem } from "../../../core/contract/enterprise/enterprise";
import type { Language } from "../../../core/report/format";
import { useApp } from "../../app-context";

interface Text {
  title: string;
  mend: string;
}

const zh = {
  apply: "去钉钉申请权限",
  points: "缺少的权限点",
  dingtalkSaid: "钉钉返回",
  codes: {
    corp_unknown: { title: "没有这个 CorpId", mend: "在钉钉开发者后台首页核对 CorpId，注意大小写，整段复制。" },
    not_activated: { title: "该企业还没有开通应用", mend: "请企业的钉钉管理员先完成“扫码开通”，再点验证。" },
    wrong_secret: {
      title: "Client ID 或 Client Secret 不正确",
      mend: "在应用的“凭证与基础信息”里重新复制。若密钥刚刚重置，请使用新的。",
    },
    permission_missing: { title: "缺少接口权限", mend: "在应用的“权限管理”里勾选以下权限点并发布，几分钟后重试。" },
    ip_refused: { title: "服务器 IP 不在白名单", mend: "把下面的地址加入应用“安全设置”的服务器出口 IP。" },
    out_of_scope: { title: "超出应用的可见范围", mend: "在应用的“版本管理与发布”里把可见范围改为需要的部门或全员。" },
    app_disabled: { title: "应用已停用", mend: "请钉钉管理员在工作台管理里重新启用该应用。" },
    corp_dissolved: { title: "该企业已解散", mend: "已解散的企业无法授权。请核对 CorpId。" },
    quota_spent: { title: "本月调用额度已用完", mend: "额度每月 1 日恢复；也可在钉钉升级版本或加购。" },
    busy: { title: "钉钉正忙", mend: "调用过于频繁。稍等几秒再试。" },
    unreachable: { title: "无法连接钉钉", mend: "请检查服务器能否访问钉钉（代理、防火墙、DNS），然后重试。" },
    suite_not_configured: {
      title: "没有配置第三方应用",
      mend: "请在服务器的环境变量里配置 suiteKey 等参数，见部署文档。",
    },
    suite_ticket_missing: {
      title: "还没有收到 suite ticket",
      mend: "钉钉每 5 小时推送一次；请核对推送地址，或在开发者后台手动推送。",
    },
    no_key: { title: "没有保存密钥", mend: "在小程序设置里填写 Client ID 和 Client Secret。" },
    other: { title: "钉钉拒绝了请求", mend: "请按下面钉钉的说明处理；需要帮助时附上这段文字。" },
  } satisfies Record<Problem["code"], Text>,
};

const en: typeof zh = {
  apply: "Apply for it at DingTalk",
  points: "Missing permission points",
  dingtalkSaid: "DingTalk said",
  codes: {
    corp_unknown: {
      title: "There is no such CorpId",
      mend: "Compare it with the home page of DingTalk's developer platform, upper and lower case too, and copy it whole.",
    },
    not_activated: {
      title: "This organisation has not activated the app",
      mend: "Let an administrator of the organisation finish Scan to Activate, then verify again.",
    },
    wrong_secret: {
      title: "Client ID or Client Secret is wrong",
      mend: "Copy both again from the app's Credentials page. If the secret was reset just now, use the new one.",
    },
    permission_missing: {
      title: "A permission point is missing",
      mend: "Tick the points below under the app's Permissions, publish, and try again in some minutes.",
    },
    ip_refused: {
      title: "This server's address is not on the white list",
      mend: "Add the address below to the app's server egress IPs under Security.",
    },
    out_of_scope: {
      title: "Outside of the app's visible range",
      mend: "Widen the visible range under Version Management to the departments needed, or to everybody.",
    },
    app_disabled: {
      title: "The app is disabled",
      mend: "Let DingTalk's administrator enable it again in the Workbench.",
    },
    corp_dissolved: {
      title: "This organisation was dissolved",
      mend: "A dissolved organisation cannot be authorised. Check the CorpId.",
    },
    quota_spent: {
      title: "This month's calls are spent",
      mend: "They come back on the first of the month; DingTalk also sells more.",
    },
    busy: { title: "DingTalk is busy", mend: "Too many calls at once. Try again in some seconds." },
    unreachable: {
      title: "DingTalk cannot be reached",
      mend: "Check that this server reaches DingTalk (proxy, firewall, DNS), then try again.",
    },
    suite_not_configured: {
      title: "No third-party app is configured",
      mend: "Set suiteKey and the others in the server's environment, see the deployment guide.",
    },
    suite_ticket_missing: {
      title: "No suite ticket has arrived yet",
      mend: "DingTalk pushes one every five hours; check the push address, or push one by hand in the developer console.",
    },
    no_key: { title: "No key is stored", mend: "Enter Client ID and Client Secret under Mini program settings." },
    other: {
      title: "DingTalk refused",
      mend: "Follow what DingTalk says below; quote it when you ask for help.",
    },
  },
};

const WORDS: Record<Language, typeof zh> = { "zh-CN": zh, "en-US": en };

/** Why DingTalk cannot be used, and what mends it, in the person's language. */
export const useProblemWords = (): typeof zh => WORDS[useApp().language.current];
