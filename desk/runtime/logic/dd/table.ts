/** How a member of `dd` answers. */
export type ApiKind =
  /** Not a function. */
  | "value"
  /** Returns its result. */
  | "sync"
  /** Answered in the worker, by callbacks. */
  | "local"
  /** Carried out by the client, by callbacks. */
  | "host"
  /** Subscribes or ends a subscription. */
  | "event";

/** One member of `dd`. */
export interface ApiEntry {
  kind: ApiKind;
  /** Last part of the document's address; null where DingTalk documents nothing and the client is only known to have it. */
  document: string | null;
}

const entries = (kind: ApiKind, documents: Record<string, string | null>): Record<string, ApiEntry> => {
  const table: Record<string, ApiEntry> = {};
  for (const [name, document] of Object.entries(documents)) table[name] = { kind, document };
  return table;
};

/** Before each `document`. */
export const DOCUMENTS = "https://open.dingtalk.com/document/development/";

/** Everything that `dd` has here. What is not in this table is not in `dd`. */
export const DD_TABLE: Record<string, ApiEntry> = {
  ...entries("value", {
    corpId: "dd-corpid",
    SDKVersion: "gets-the-version-number-of-the-base-database",
    ExtSDKVersion: "gets-the-version-number-of-the-base-database",
  }),
  ...entries("sync", {
    canIUse: "dd-caniuse",
    getLaunchOptionsSync: "obtains-the-startup-parameters-of-mini-programs",
    getSystemInfoSync: "dd-getsysteminfosync",
    getColorSchemeSync: "jsapi-get-color-scheme-sync",
    setStorageSync: "dd-setstoragesync",
    getStorageSync: "dd-getstoragesync",
    removeStorageSync: "dd-removestoragesync",
    clearStorageSync: "synchronous-deletion-of-locally-cached-data",
    getStorageInfoSync: "obtains-information-about-the-current-cache",
    createSelectorQuery: "dd-createselectorquery",
    createIntersectionObserver: "dd-createintersectionobserver",
    createCanvasContext: "create-a-canvas",
    createWebViewContext: "mini-app-web-view",
    createAnimation: "dd-createanimation",
    getUpdateManager: "updatemanager",
  }),
  ...entries("local", {
    navigateTo: "dd-navigateto",
    redirectTo: "dd-redirectto",
    reLaunch: "dd-relaunch",
    switchTab: "dd-switchtab",
    navigateBack: "dd-navigateback",
    getSystemInfo: "dd-getsysteminfo",
    getStorage: "dd-getstorage",
    getStorageInfo: "get-current-cached-data-asynchronously",
    getRunScene: "obtain-the-running-version-of-the-mini-program",
  }),
  ...entries("host", {
    httpRequest: "send-network-requests",
    getAuthCode: "mini-program-free-login",
    dtBridge: null, // what dingtalk-jsapi calls inside a mini program (its lib/bridge/eapp.js)
    setStorage: "dd-setstorage",
    removeStorage: "dd-removestorage",
    clearStorage: "delete-locally-cached-data-asynchronously",
    setNavigationBar: "dd-setnavigationbar",
    addTabBarItem: "dd-addtabbaritem",
    removeTabBarItem: "dd-removetabbaritem",
    setTabBarBadge: "dd-settabbarbadge",
    removeTabBarBadge: "dd-removetabbarbadge",
    showTabBarRedDot: "dd-showtabbarreddot",
    hideTabBarRedDot: "dd-hidetabbarreddot",
    alert: "dd-alert",
    confirm: "dd-confirm",
    prompt: "jsapi-prompt",
    showToast: "dd-showtoast",
    hideToast: "dd-hidetoast",
    showLoading: "dd-showloading",
    hideLoading: "dd-hideloading",
    showActionSheet: "dd-showactionsheet",
    pageScrollTo: "dd-pagescrollto",
    startPullDownRefresh: null,
    stopPullDownRefresh: "dd-stoppulldownrefresh",
    enableLeaveConfirm: "dd-enableleaveconfirm",
    disableLeaveConfirm: "dd-disableleaveconfirm",
    hideKeyboard: "dd-hidekeyboard",
    datePicker: "dd-datepicker",
    chooseDateTime: "jsapi-choose-date-time",
    previewImage: "dd-previewimage",
    openLink: "jsapi-open-link",
    getNetworkType: "dd-getnetworktype",
    setClipboard: "dd-setclipboard",
    getClipboard: "dd-getclipboard",
    vibrate: "dd-vibrate",
    vibrateShort: "dd-vibrateshort",
    vibrateLong: "dd-vibratelong",
    share: "jsapi-share",
    hideShareMenu: null, // DingTalk's own application template calls it
    scan: "mini-program-jsapi-sweep-code",
    exit: "jsapi-exit",
  }),
  ...entries("event", {
    onAppShow: "listen-for-events-that-occur-when-the-mini-program-is",
    offAppShow: "stops-listening-to-events-that-occur-when-the-mini-program",
    onAppHide: "listens-to-events-related-to-background-switching-of-mini-programs",
    offAppHide: "cancels-the-listener-for-a-mini-program",
    onError: "listen-for-mini-program-error-events",
    offError: "cancels-the-listening-applet-error-event",
    onPageNotFound: "enable-the-listener-the-page-does-not-exist",
    offPageNotFound: null,
    onComponentError: "listen-to-error-events-in-custom-components",
    offComponentError: "cancels-the-error-event-of-a-custom-component",
    onColorSchemeChange: "jsapi-get-color-scheme-sync",
    offColorSchemeChange: "jsapi-get-color-scheme-sync",
    onNetworkStatusChange: null,
    offNetworkStatusChange: null,
  }),
};
