interface ClientInfo {
  width: number;
  pixelRatio: number;
  language: string | undefined;
  deviceName: string;
  /** Windows or macOS. */
  pc: boolean;
}

/** DingTalk documents no list of names; iOS, Android and Harmony are the phones'. */
const COMPUTER = /^(win|mac|pc)/i;

/** What the client tells of itself, once. https://open.dingtalk.com/document/development/jsapi-get-system-info-sync */
export function clientInfo(): ClientInfo {
  const { windowWidth, pixelRatio, language, model, platform } = dd.getSystemInfoSync();
  return {
    width: windowWidth,
    pixelRatio: Math.min(3, Math.max(1, pixelRatio || 1)),
    language,
    deviceName: [platform, model].filter(Boolean).join(" ").slice(0, 100),
    pc: COMPUTER.test(platform ?? ""),
  };
}

export function navigateTo(url: string): void {
  dd.navigateTo({ url });
}

export function navigateBack(): void {
  dd.navigateBack();
}

/** To a page of the tab bar; all other pages close. https://open.dingtalk.com/document/development/dd-switchtab */
export function switchTab(url: string): void {
  dd.switchTab({ url });
}

export function setTitle(title: string): void {
  dd.setNavigationBar({ title });
}

export function toast(content: string): void {
  dd.showToast({ content, type: "none", duration: 2_000 });
}

/** Opens a web page in DingTalk. */
export function openLink(url: string): void {
  dd.openLink({ url });
}

/** Asks for a day, `YYYY-MM-DD`; null where the person chose none. */
export function pickDay(current: string): Promise<string | null> {
  return new Promise((resolve) => {
    dd.datePicker({
      format: "yyyy-MM-dd",
      ...(current ? { currentDate: current } : {}),
      success: ({ date }) => resolve(date.slice(0, 10)),
      fail: () => resolve(null),
    });
  });
}

/** Asks yes or no. */
export function confirm(question: { title: string; content: string; yes: string; no: string }): Promise<boolean> {
  return new Promise((resolve) => {
    dd.confirm({
      title: question.title,
      content: question.content,
      confirmButtonText: question.yes,
      cancelButtonText: question.no,
      success: ({ confirm: yes }) => resolve(yes),
      fail: () => resolve(false),
    });
  });
}

/** Runs something after a while; what it answers calls it off. */
export function later(run: () => void, ms: number): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}

/** https://open.dingtalk.com/document/development/create-a-canvas */
export function canvasContext(canvasId: string): DingTalk.CanvasContext {
  return dd.createCanvasContext(canvasId);
}
