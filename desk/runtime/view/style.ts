import { textOf } from "./expression";

/**
 * An inline style that was computed while drawing: text, or an object (`style="{{ backgroundColor: color }}"`, which the
 * documents do not name but published components use). ACSS files have their `rpx` replaced by the compiler.
 */
export function inlineStyle(style: unknown): string {
  const css = typeof style === "object" && style !== null ? declarationsOf(style) : textOf(style);
  return frameUnits(css.replace(/(-?\d*\.?\d+)rpx\b/g, "calc($1 * var(--rpx))"));
}

function declarationsOf(style: object): string {
  return Object.entries(style)
    .filter(([, value]) => value !== undefined && value !== null && value !== false)
    .map(([name, value]) => `${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}:${String(value)}`)
    .join(";");
}

/** Viewport units mean the page's place on the screen (without the bars), not the whole screen. */
function frameUnits(css: string): string {
  return css.replace(/(\d)v(h|w)\b/g, "$1cq$2");
}

/** A style sheet of the mini program for a page's shadow root, and its fonts, which only the document can declare. */
export function pageStyle(css: string, assetUrl: (path: string) => string): { sheet: string; fonts: string } {
  const addressed = css.replace(
    /url\(\s*(["']?)__assets(\/[^)"']+)\1\s*\)/g,
    (_, _quote: string, path: string) => `url("${assetUrl(path)}")`,
  );
  const fonts = addressed.match(/@font-face\s*\{[^}]*\}/g) ?? [];
  return { sheet: frameUnits(addressed), fonts: fonts.join("\n") };
}

/**
 * How elements look before the mini program styles them. Everything is inside :where(), so that any rule of the mini
 * program wins. Sizes and colours follow DingTalk's documentation of each component.
 */
export const BASE_STYLE = `
:host { display: block; position: absolute; inset: 0; overflow: hidden; contain: strict; container-type: size; visibility: hidden; }
:host([data-shown]) { visibility: visible; }
[hidden] { display: none !important; }
:where(.a-scroller) { position: absolute; inset: 0; overflow: hidden auto; overscroll-behavior: contain; scrollbar-width: none; overflow-anchor: none; }
:where(page) { display: block; position: relative; min-height: 100%; box-sizing: border-box; color: #000; font: 14px/1.5 -apple-system, "PingFang SC", "Helvetica Neue", "Noto Sans CJK SC", "Noto Sans SC", sans-serif; -webkit-tap-highlight-color: transparent; -webkit-text-size-adjust: 100%; user-select: none; cursor: default; }
:where(view, cover-view, form, swiper, swiper-item, scroll-view, radio-group, checkbox-group, picker, navigator, movable-area, movable-view, picker-view, picker-view-column, rich-text, progress, slider) { display: block; }
:where(label, text) { display: inline; }
:where(text) { white-space: pre-line; }
:where(text[selectable]) { user-select: text; }
:where(image, cover-image) { display: inline-block; position: relative; width: 300px; height: 225px; overflow: hidden; }
:where(image, cover-image) > img { display: block; width: 100%; height: 100%; }
:where(button) { display: block; position: relative; box-sizing: border-box; width: 100%; margin: 0; padding: 0 14px; border: 1px solid #ddd; border-radius: 5px; background: #fff; color: #000; font: inherit; font-size: 18px; line-height: 2.55; text-align: center; overflow: hidden; user-select: none; cursor: pointer; }
:where(button[a-type="primary"]) { border-color: #3296fa; background: #3296fa; color: #fff; }
:where(button[a-type="warn"]) { border-color: #f96268; background: #f96268; color: #fff; }
:where(button[a-type="ghost"]) { border-color: #3296fa; background: transparent; color: #3296fa; }
:where(button[a-plain]) { background: transparent; }
:where(button[a-plain][a-type="primary"]) { color: #3296fa; }
:where(button[a-plain][a-type="warn"]) { color: #f96268; }
:where(button[a-size="mini"]) { display: inline-block; width: auto; padding: 0 12px; font-size: 13px; line-height: 2.3; }
:where(button:disabled) { opacity: 0.4; cursor: default; }
:where(.button-hover) { background-color: rgba(0, 0, 0, 0.1); opacity: 0.7; }
:where(.a-spinner) { display: inline-block; width: 1em; height: 1em; margin-right: 6px; border: 2px solid currentColor; border-right-color: transparent; border-radius: 50%; box-sizing: border-box; vertical-align: -0.12em; animation: a-turn 0.9s linear infinite; }
@keyframes a-turn { to { transform: rotate(360deg); } }
:where(input) { display: block; box-sizing: border-box; width: 100%; min-width: 0; height: 1.8em; margin: 0; padding: 0 2px; border: 0; outline: 0; background: none; color: inherit; font: inherit; appearance: none; user-select: text; }
:where(input)::-webkit-search-cancel-button { display: none; }
:where(textarea) { display: block; box-sizing: border-box; width: 300px; height: 150px; margin: 0; padding: 0; border: 0; outline: 0; background: none; color: inherit; font: inherit; resize: none; user-select: text; }
:where(input, textarea)::placeholder { color: #aaa; }
:where(checkbox, radio) { display: inline-block; width: 22px; height: 22px; box-sizing: border-box; border: 1px solid #ccc; border-radius: 50%; background: #fff; vertical-align: middle; position: relative; cursor: pointer; flex: none; }
:where(checkbox[aria-checked="true"], radio[aria-checked="true"]) { border-color: #3296fa; background: #3296fa; }
:where(checkbox, radio)[aria-checked="true"]::after { content: ""; position: absolute; left: 6.5px; top: 3px; width: 5px; height: 10px; border: solid #fff; border-width: 0 2px 2px 0; transform: rotate(45deg); }
:where(checkbox, radio, switch, slider, picker)[aria-disabled="true"] { opacity: 0.4; cursor: default; }
:where(switch) { display: inline-block; position: relative; width: 51px; height: 31px; box-sizing: border-box; border-radius: 16px; background: #e5e5e5; vertical-align: middle; transition: background 0.2s; cursor: pointer; flex: none; }
:where(switch[aria-checked="true"]) { background: var(--a-color, #3296fa); }
:where(switch)::after { content: ""; position: absolute; left: 2px; top: 2px; width: 27px; height: 27px; border-radius: 50%; background: #fff; box-shadow: 0 2px 5px rgba(0, 0, 0, 0.25); transition: transform 0.2s; }
:where(switch)[aria-checked="true"]::after { transform: translateX(20px); }
:where(slider) { display: flex; align-items: center; padding: 10px 14px; touch-action: pan-y; cursor: pointer; }
:where(.a-track) { position: relative; flex: 1; border-radius: 4px; }
:where(.a-fill) { position: absolute; left: 0; top: 0; bottom: 0; border-radius: inherit; }
:where(.a-knob) { position: absolute; top: 50%; border-radius: 50%; transform: translate(-50%, -50%); box-shadow: 0 1px 4px rgba(0, 0, 0, 0.3); }
:where(.a-number) { margin-left: 14px; color: #888; font-size: 14px; }
:where(progress) { display: flex; align-items: center; width: auto; height: auto; min-height: var(--a-thickness); appearance: none; background: none; border: 0; }
:where(progress)::-webkit-progress-inner-element { flex: 1; height: var(--a-thickness); }
:where(progress)::-webkit-progress-bar { height: 100%; border-radius: 4px; overflow: hidden; background: var(--a-back); }
:where(progress)::-webkit-progress-value { background: var(--a-front); }
:where(progress[a-active])::-webkit-progress-value { transition: inline-size 0.6s; }
:where(progress[a-info])::after { content: attr(a-info); margin-left: 14px; color: #888; font-size: 14px; }
:where(icon) { display: inline-block; line-height: 0; vertical-align: middle; }
:where(scroll-view) { position: relative; overflow: hidden; scrollbar-width: none; overscroll-behavior: contain; }
:where(scroll-view[a-y]) { overflow-y: auto; }
:where(scroll-view[a-x]) { overflow-x: auto; }
:where(swiper) { position: relative; height: 150px; overflow: hidden; touch-action: pan-y; }
:where(swiper[a-vertical]) { touch-action: pan-x; }
:where(.a-slides) { display: flex; width: 100%; height: 100%; }
:where(swiper[a-vertical] > .a-slides) { flex-direction: column; }
:where(swiper-item) { flex: none; width: 100%; height: 100%; overflow: hidden; }
:where(.a-dots) { position: absolute; left: 0; right: 0; bottom: 8px; display: flex; justify-content: center; gap: 8px; pointer-events: none; }
:where(swiper[a-vertical] > .a-dots) { left: auto; right: 8px; top: 0; bottom: 0; flex-direction: column; }
:where(.a-dot) { width: 8px; height: 8px; border-radius: 50%; }
:where(movable-area) { position: relative; width: 10px; height: 10px; }
:where(movable-view) { position: absolute; left: 0; top: 0; width: 10px; height: 10px; touch-action: none; }
:where(picker-view) { position: relative; display: flex; height: 204px; overflow: hidden; }
:where(picker-view-column) { flex: 1; height: 100%; overflow-y: auto; scroll-snap-type: y mandatory; scrollbar-width: none; padding: 85px 0; box-sizing: border-box; text-align: center; }
:where(picker-view-column) > * { height: 34px; line-height: 34px; overflow: hidden; scroll-snap-align: center; }
:where(.a-indicator) { position: absolute; left: 0; right: 0; top: 85px; height: 34px; border: solid #ddd; border-width: 1px 0; box-sizing: border-box; pointer-events: none; }
:where(canvas) { display: inline-block; vertical-align: bottom; }
:where(canvas[disable-scroll]) { touch-action: none; }
:where(web-view) { position: fixed; inset: 0; z-index: 10; background: #fff; }
:where(web-view) > iframe { display: block; width: 100%; height: 100%; border: 0; }
:where(.a-fault) { display: block; margin: 4px; padding: 6px 8px; border: 1px solid #d93026; border-radius: 4px; background: #fdecea; color: #a50e0e; font: 12px/1.4 ui-monospace, monospace; white-space: pre-wrap; word-break: break-all; user-select: text; }
:where(.a-pull) { display: flex; align-items: center; justify-content: center; gap: 8px; height: 0; overflow: hidden; color: #999; font-size: 20px; }
:where(.a-pull[data-settle]) { transition: height 0.2s; }
:where(.a-sheet) { position: fixed; inset: 0; z-index: 1000; display: flex; flex-direction: column; justify-content: flex-end; background: rgba(0, 0, 0, 0.4); }
:where(.a-panel) { background: #fff; border-radius: 12px 12px 0 0; color: #000; font-size: 17px; animation: a-rise 0.2s; padding-bottom: 12px; }
@keyframes a-rise { from { transform: translateY(40%); opacity: 0; } }
:where(.a-panel-bar) { display: flex; justify-content: space-between; padding: 12px 16px; border-bottom: 1px solid #eee; }
:where(.a-panel-button) { all: unset; color: #3296fa; font-size: 17px; cursor: pointer; }
:where(.a-panel-button[data-quiet]) { color: #888; }
:where(.a-options) { max-height: 280px; overflow-y: auto; }
:where(.a-option) { padding: 11px 16px; text-align: center; cursor: pointer; }
:where(.a-option[aria-selected="true"]) { color: #3296fa; font-weight: 600; background: #f5f9ff; }
:where(:focus-visible) { outline: 2px solid #3296fa; outline-offset: 1px; }
:where(input, textarea):focus-visible { outline: 0; }
`;
