/**
 * DingTalk's mini program globals, as far as this product uses them, written after the official documentation. What is not
 * documented is not here, so that the compiler refuses it.
 * https://open.dingtalk.com/document/development/mini-program-development-overview
 */

/** Changes for `setData`: fields, and paths like `rows[0].title`. */
type DataChange<Data> = Partial<Data> & Record<`${string}.${string}` | `${string}[${string}`, unknown>;

declare namespace DingTalk {
  /** https://open.dingtalk.com/document/development/event-object */
  interface Event<Detail = Record<string, unknown>> {
    type: string;
    timeStamp: number;
    target: { id: string; dataset: Record<string, unknown> };
    currentTarget: { id: string; dataset: Record<string, unknown> };
    detail: Detail;
  }

  /** On a canvas, `x` and `y` are px from its top left corner. */
  interface Touch {
    x: number;
    y: number;
    clientX: number;
    clientY: number;
    pageX: number;
    pageY: number;
  }

  interface TouchEvent extends Event {
    touches: Touch[];
    changedTouches: Touch[];
  }

  interface LaunchOptions {
    path?: string;
    query?: Record<string, string>;
    scene?: string;
    referrerInfo?: { appId?: string; extraData?: Record<string, unknown> };
  }

  interface AppOptions {
    onLaunch?(options: LaunchOptions): void;
    onShow?(options: LaunchOptions): void;
    onHide?(): void;
    onError?(error: string): void;
  }

  interface PageInstance<Data> {
    readonly route: string;
    data: Data;
    setData(change: DataChange<Data>, done?: () => void): void;
  }

  /** https://open.dingtalk.com/document/development/page-life-cycle */
  interface PageEvents {
    onLoad?(query: Record<string, string>): void;
    onShow?(): void;
    onReady?(): void;
    onHide?(): void;
    onUnload?(): void;
    onPullDownRefresh?(): void;
    onReachBottom?(): void;
    onTitleClick?(): void;
    onShareAppMessage?(options: { from: string }): { title: string; path: string; desc?: string };
  }

  interface ComponentInstance<Data, Props> {
    readonly $id: number;
    readonly is: string;
    readonly props: Props;
    data: Data;
    setData(change: DataChange<Data>, done?: () => void): void;
  }

  /** https://open.dingtalk.com/document/development/component-life-cycle */
  interface ComponentEvents<Data, Props> {
    onInit?(): void;
    deriveDataFromProps?(nextProps: Props): void;
    didMount?(): void;
    didUpdate?(previousProps: Props, previousData: Data): void;
    didUnmount?(): void;
  }

  /** Numbers as in https://open.dingtalk.com/document/development/send-network-requests */
  interface Failure {
    error?: number;
    errorMessage?: string;
  }

  interface Callbacks<Result> {
    success?(result: Result): void;
    fail?(failure: Failure): void;
    complete?(): void;
  }

  interface SystemInfo {
    windowWidth: number;
    windowHeight: number;
    screenWidth: number;
    pixelRatio: number;
    language?: string;
    platform?: string;
    model?: string;
    version?: string;
  }

  interface CanvasGradient {
    addColorStop(stop: number, colour: string): void;
  }

  /**
   * Exactly the methods of https://open.dingtalk.com/document/development/overview-of-canvascontext : no measureText,
   * transform, setTransform, setLineDash, strokeText, arcTo, ellipse or font.
   */
  interface CanvasContext {
    toTempFilePath(options: Callbacks<{ filePath: string }>): void;
    setTextAlign(align: string): void;
    setTextBaseline(baseline: string): void;
    setFillStyle(style: string | CanvasGradient): void;
    setStrokeStyle(style: string | CanvasGradient): void;
    setShadow(offsetX: number, offsetY: number, blur: number, colour: string): void;
    createLinearGradient(x0: number, y0: number, x1: number, y1: number): CanvasGradient;
    createCircularGradient(x: number, y: number, radius: number): CanvasGradient;
    setLineWidth(width: number): void;
    setLineCap(cap: string): void;
    setLineJoin(join: string): void;
    setMiterLimit(limit: number): void;
    rect(x: number, y: number, width: number, height: number): void;
    fillRect(x: number, y: number, width: number, height: number): void;
    strokeRect(x: number, y: number, width: number, height: number): void;
    clearRect(x: number, y: number, width: number, height: number): void;
    fill(): void;
    stroke(): void;
    beginPath(): void;
    closePath(): void;
    moveTo(x: number, y: number): void;
    lineTo(x: number, y: number): void;
    arc(x: number, y: number, radius: number, start: number, end: number, anticlockwise?: boolean): void;
    bezierCurveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void;
    clip(): void;
    quadraticCurveTo(x1: number, y1: number, x: number, y: number): void;
    scale(x: number, y: number): void;
    rotate(angle: number): void;
    translate(x: number, y: number): void;
    setFontSize(size: number): void;
    fillText(text: string, x: number, y: number): void;
    drawImage(image: string, x: number, y: number, width: number, height: number): void;
    setGlobalAlpha(alpha: number): void;
    save(): void;
    restore(): void;
    draw(reserve?: boolean, done?: () => void): void;
    getImageData(
      options: { x: number; y: number; width: number; height: number } & Callbacks<{ data: number[] }>,
    ): void;
    putImageData(
      options: { x: number; y: number; width: number; height: number; data: number[] } & Callbacks<unknown>,
    ): void;
  }

  interface Client {
    /** The enterprise the person acts in; Android and iOS only. https://open.dingtalk.com/document/development/dd-corpid */
    readonly corpId?: string;
    canIUse(name: string): boolean;
    /** https://open.dingtalk.com/document/development/jsapi-get-auth-code */
    getAuthCode(options: { corpId: string } & Callbacks<{ authCode: string }>): void;
    /** GET and POST only; a JSON body is a string. https://open.dingtalk.com/document/development/send-network-requests */
    httpRequest(
      options: {
        url: string;
        method?: "GET" | "POST";
        headers?: Record<string, string>;
        data?: string | Record<string, string>;
        dataType?: "json" | "text" | "base64";
        timeout?: number;
      } & Callbacks<{ data: unknown; status: number; headers?: Record<string, string> }>,
    ): void;
    /** https://open.dingtalk.com/document/development/dd-setstorage : 200 KB a value. */
    setStorage(options: { key: string; data: string } & Callbacks<unknown>): void;
    getStorage(options: { key: string } & Callbacks<{ data: unknown }>): void;
    removeStorage(options: { key: string } & Callbacks<unknown>): void;
    getSystemInfoSync(): SystemInfo;
    getLaunchOptionsSync?(): LaunchOptions;
    createCanvasContext(canvasId: string): CanvasContext;
    navigateTo(options: { url: string } & Callbacks<unknown>): void;
    redirectTo(options: { url: string } & Callbacks<unknown>): void;
    navigateBack(options?: { delta?: number } & Callbacks<unknown>): void;
    switchTab(options: { url: string } & Callbacks<unknown>): void;
    stopPullDownRefresh(): void;
    setNavigationBar(options: { title?: string; backgroundColor?: string } & Callbacks<unknown>): void;
    /** https://open.dingtalk.com/document/development/jsapi-date-picker */
    datePicker(options: { format?: "yyyy-MM-dd"; currentDate?: string } & Callbacks<{ date: string }>): void;
    /** https://open.dingtalk.com/document/development/jsapi-open-link */
    openLink(options: { url: string } & Callbacks<unknown>): void;
    showToast(options: { content: string; type?: "none" | "success" | "fail" | "exception"; duration?: number }): void;
    confirm(
      options: { title?: string; content?: string; confirmButtonText?: string; cancelButtonText?: string } & Callbacks<{
        confirm: boolean;
      }>,
    ): void;
  }
}

declare const dd: DingTalk.Client;
declare function App<Extra extends object>(options: DingTalk.AppOptions & Extra & ThisType<Extra>): void;
declare function Page<Data extends object, Extra extends object>(
  options: { data?: Data } & DingTalk.PageEvents & Extra & ThisType<DingTalk.PageInstance<Data> & Extra>,
): void;
declare function Component<Data extends object, Props extends object, Methods extends object>(
  options: {
    data?: Data;
    props?: Props;
    methods?: Methods & ThisType<DingTalk.ComponentInstance<Data, Props> & Methods>;
  } & DingTalk.ComponentEvents<Data, Props> &
    ThisType<DingTalk.ComponentInstance<Data, Props> & Methods>,
): void;
declare function getCurrentPages(): { route: string }[];

/** Address of our server, set by the build. */
declare const __PUBLIC_URL__: string;
/** The enterprise to assume where neither the launch nor the client names one; empty for none. Set by the build. */
declare const __CORP_ID__: string;
