import type { Platform } from "../address";

/** Heights of what surrounds a page, in CSS pixels. */
export interface Bars {
  screenWidth: number;
  screenHeight: number;
  statusBar: number;
  titleBar: number;
  /** 0 where the first page has no tab bar. */
  tabBar: number;
}

export const TAB_BAR_HEIGHT = 50;
const STATUS: Record<Platform, number> = { iOS: 20, Android: 24, Windows: 0 };
const TITLE: Record<Platform, number> = { iOS: 44, Android: 48, Windows: 44 };
/** On PC a mini program's rpx stops growing here, or everything would be huge. */
const WIDEST_PC_DESIGN = 414;

/** Measures the screen. */
export function barsOf(platform: Platform, width: number, height: number, tabBar: boolean): Bars {
  return {
    screenWidth: width,
    screenHeight: height,
    statusBar: STATUS[platform],
    titleBar: TITLE[platform],
    tabBar: tabBar ? TAB_BAR_HEIGHT : 0,
  };
}

/** CSS pixels of one rpx: 750 are the screen's width. */
export const rpxOf = (platform: Platform, width: number): number =>
  (platform === "Windows" ? Math.min(width, WIDEST_PC_DESIGN) : width) / 750;
