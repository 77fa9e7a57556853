const ZH = {
  ok: "确定",
  cancel: "取消",
  close: "关闭",
  share: "分享",
  restart: "重新进入小程序",
  openLinkTitle: "打开网页",
  openLinkHint: "钉钉会在这里打开网页。",
  openInBrowser: "在浏览器中打开",
  closedTitle: "小程序已关闭",
  reopen: "重新打开",
  shareTitle: "分享给",
  shareChat: "钉钉会话",
  scanTitle: "扫一扫",
  scanHint: "输入要扫描的内容",
  loading: "加载中",
  back: "返回",
  more: "更多",
  chooseDate: "选择时间",
};

export type Words = typeof ZH;

const EN: Words = {
  ok: "OK",
  cancel: "Cancel",
  close: "Close",
  share: "Share",
  restart: "Restart",
  openLinkTitle: "Open web page",
  openLinkHint: "DingTalk would open the web page here.",
  openInBrowser: "Open in browser",
  closedTitle: "The mini program was closed",
  reopen: "Open again",
  shareTitle: "Share with",
  shareChat: "DingTalk chat",
  scanTitle: "Scan",
  scanHint: "Type what should be scanned",
  loading: "Loading",
  back: "Back",
  more: "More",
  chooseDate: "Choose a time",
};

/** The client's own words, in the phone's language. */
export const wordsFor = (language: "zh-CN" | "en-US"): Words => (language === "zh-CN" ? ZH : EN);
