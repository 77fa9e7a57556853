import type { Language } from "../../../core/report/format";

/** Texts of the canvas, its pages, and of what two people changed at once. */
export interface CanvasWords {
  pageMenu: (title: string) => string;
  pageKeys: string;
  duplicatePage: string;
  copyOf: (title: string) => string;
  units: Record<string, string>;
  mine: (value: string) => string;
  theirs: (value: string) => string;
  takeMine: string;
  keepTheirs: string;
  kept: (name: string) => string;
  renamed: (name: string) => string;
  full: (name: string) => string;
  kinds: Record<"text" | "section" | "divider" | "link", string>;
  address: string;
  addressFault: string;
  markdown: string;
  sectionHint: string;
  folded: string;
  zoomFit: string;
  align: Record<"bottom" | "centre" | "distributeDown", string>;
}

export const CANVAS_WORDS: Record<Language, CanvasWords> = {
  "zh-CN": {
    pageMenu: (title) => `“${title}”的操作`,
    pageKeys: "Alt 加方向键调整页面顺序",
    duplicatePage: "复制此页",
    copyOf: (title) => `${title} 副本`,
    units: {
      query: "数据",
      visual: "外观",
      title: "标题",
      description: "说明",
      layout: "位置",
      mobile: "手机布局",
      pages: "页面顺序",
      filters: "筛选器",
    },
    mine: (value) => `我的：“${value}”`,
    theirs: (value) => `同事的：“${value}”`,
    takeMine: "改用我的",
    keepTheirs: "保留同事的",
    kept: (name) => `“${name}”一方已删除、另一方仍在修改，已保留。`,
    renamed: (name) => `你和同事添加了同名的内容，你的已改名为“${name}”。`,
    full: (name) => `报表已满，未能放入“${name}”。`,
    kinds: { text: "文字", section: "分区标题", divider: "分隔线", link: "链接" },
    address: "网址",
    addressFault: "请填写以 http:// 或 https:// 开头的网址",
    markdown: "支持 # 标题、- 列表、> 引用、**粗体**、*斜体*、[链接](https://…)",
    sectionHint: "标题以下、下一个分区标题以上的卡片可由读者折叠。",
    folded: "打开报表时折叠",
    zoomFit: "适合窗口",
    align: { bottom: "底部对齐", centre: "居中对齐", distributeDown: "纵向等距" },
  },
  "en-US": {
    pageMenu: (title) => `Actions for “${title}”`,
    pageKeys: "Alt with arrow keys changes the order of pages",
    duplicatePage: "Duplicate page",
    copyOf: (title) => `${title} (copy)`,
    units: {
      query: "data",
      visual: "look",
      title: "title",
      description: "description",
      layout: "place",
      mobile: "phone layout",
      pages: "order of pages",
      filters: "filter",
    },
    mine: (value) => `Mine: “${value}”`,
    theirs: (value) => `Theirs: “${value}”`,
    takeMine: "Use mine",
    keepTheirs: "Keep theirs",
    kept: (name) => `“${name}” was removed by one and changed by another: it stays.`,
    renamed: (name) => `You and somebody else added things of one name: yours is called “${name}” now.`,
    full: (name) => `The report is full: “${name}” did not fit.`,
    kinds: { text: "Text", section: "Section", divider: "Divider", link: "Link" },
    address: "Address",
    addressFault: "An address begins with http:// or https://",
    markdown: "# heading, - list, > quote, **bold**, *italic* and [links](https://…) are understood",
    sectionHint: "Readers can fold the cards below this heading, as far as the next one.",
    folded: "Folded when the report is opened",
    zoomFit: "Fit to window",
    align: { bottom: "Align bottoms", centre: "Align centres", distributeDown: "Space out vertically" },
  },
};
