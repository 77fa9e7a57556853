import type { JsonObject } from "../../protocol";
import type { Address, Platform } from "../address";
import type { Bars } from "../bar/bars";

/** Version of DingTalk that the phone passes for. */
export const CLIENT_VERSION = "7.8.1";

/** The oldest basic library that has every API of this phone. */
const SDK_VERSION = "1.24.3";

const DEVICE: Record<Platform, { brand: string; model: string; system: string }> = {
  iOS: { brand: "Apple", model: "iPhone14,6", system: "18.4" },
  Android: { brand: "HUAWEI", model: "ALN-AL10", system: "12" },
  Windows: { brand: "PC", model: "PC", system: "10" },
};

/**
 * What `dd.getSystemInfoSync()` answers.
 * https://open.dingtalk.com/document/development/system-information
 */
export function systemInfo(address: Address, bars: Bars, pixelRatio: number): JsonObject {
  const device = DEVICE[address.platform];
  return {
    app: "DingTalk",
    brand: device.brand,
    model: device.model,
    platform: address.platform,
    system: device.system,
    version: CLIENT_VERSION,
    SDKVersion: SDK_VERSION,
    colorScheme: "light",
    language: address.language,
    fontSizeSetting: 16,
    pixelRatio,
    screenWidth: bars.screenWidth,
    screenHeight: bars.screenHeight,
    windowWidth: bars.screenWidth,
    windowHeight: bars.screenHeight - bars.statusBar - bars.titleBar - bars.tabBar,
    statusBarHeight: bars.statusBar,
    titleBarHeight: bars.titleBar,
    storage: "128 GB",
    currentBattery: "100%",
  };
}
