import { Fragment, h, render } from "preact";
import type { CompiledPage } from "../compiled";
import type { JsonObject, Patch, ToLogic } from "../protocol";
import { emit } from "./event";
import type { Gestures } from "./gesture";
import { createGestures } from "./gesture";
import type { ComponentHandle, Frame, PageContext } from "./node";
import { applyPatches } from "./patch";
import { listenTo } from "./pointer";
import type { PullRefresh } from "./pull-refresh";
import { createPullRefresh } from "./pull-refresh";
import { drawNodes, templateScope } from "./render";
import type { Schedule } from "./schedule";
import { BASE_STYLE, pageStyle } from "./style";
import type { ViewOptions } from "./view-options";

/** Distance from the bottom (CSS pixels) at which onReachBottom comes. */
const BOTTOM = 50;
/** onReady waits this long for components whose logic does not answer (it may have thrown). */
const PATIENCE_MS = 1000;

/** A page on the screen or below it. */
export interface PageView {
  context: PageContext;
  page: HTMLElement;
  gestures: Gestures;
  pull: PullRefresh;
  applyData(patches: readonly Patch[]): void;
  show(shown: boolean): void;
  dispose(): void;
}

interface Skeleton {
  box: HTMLElement;
  shadow: ShadowRoot;
  scroller: HTMLElement;
  overlay: HTMLElement;
  indicator: HTMLElement;
  page: HTMLElement;
  fonts: HTMLStyleElement;
}

/** The DOM of a page: a box that fills the view's place, inside its shadow what scrolls, inside that `<page>`. */
function buildSkeleton(options: ViewOptions, compiled: CompiledPage, pageId: string): Skeleton {
  const box = document.createElement("div");
  box.dataset["pageId"] = pageId;
  box.dataset["path"] = compiled.path;
  const shadow = box.attachShadow({ mode: "open" });
  const fonts = document.createElement("style");
  const styles = [{ sheet: BASE_STYLE, fonts: "" }].concat(
    [options.app.appStyle, compiled.style].map((css) => pageStyle(css, options.assetUrl)),
  );
  shadow.adoptedStyleSheets = styles.map(({ sheet }) => {
    const built = new CSSStyleSheet();
    built.replaceSync(sheet);
    return built;
  });
  fonts.textContent = styles.map((style) => style.fonts).join("\n");
  document.head.append(fonts);
  const scroller = document.createElement("div");
  scroller.className = "a-scroller";
  const indicator = document.createElement("div");
  indicator.className = "a-pull";
  indicator.setAttribute("aria-hidden", "true");
  indicator.innerHTML = '<span class="a-spinner"></span>';
  const page = document.createElement("page");
  // Behind the page: what ACSS says of `page` lies over it.
  if (compiled.window.backgroundColor) scroller.style.backgroundColor = compiled.window.backgroundColor;
  scroller.append(indicator, page);
  const overlay = document.createElement("div");
  shadow.append(scroller, overlay);
  options.root.append(box);
  return { box, shadow, scroller, overlay, indicator, page, fonts };
}

/** Tells the logic of scrolling, once per frame, and of the bottom, once per visit. */
function watchScroll(context: PageContext): void {
  const { scroller, pageId } = context;
  let atBottom = false;
  const tell = (): void => {
    const { scrollTop, scrollHeight, clientHeight } = scroller;
    context.send({ type: "pageEvent", pageId, name: "onPageScroll", argument: { scrollTop, scrollHeight } });
    const near = scrollHeight - scrollTop - clientHeight <= BOTTOM;
    if (near && !atBottom) context.send({ type: "pageEvent", pageId, name: "onReachBottom", argument: null });
    atBottom = near;
  };
  let waiting = false;
  scroller.addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      tell();
    });
  });
}

/** What a page is made from. */
export interface PageParts {
  pageId: string;
  options: ViewOptions;
  schedule: Schedule;
  compiled: CompiledPage;
  data: JsonObject;
  nextComponentId(): string;
}

function createContext(parts: PageParts, skeleton: Skeleton): PageContext {
  const { pageId, options, schedule, nextComponentId } = parts;
  const faults = new Set<string>();
  const context: PageContext = {
    pageId,
    options,
    schedule,
    box: skeleton.box,
    shadow: skeleton.shadow,
    scroller: skeleton.scroller,
    overlay: skeleton.overlay,
    send: (message: ToLogic) => options.send(message),
    fault(message, cause) {
      if (faults.has(message)) return;
      faults.add(message);
      options.reportException(message, cause instanceof Error ? (cause.stack ?? "") : "");
    },
    nextComponentId,
    components: new Map<string, ComponentHandle>(),
    emit: (element, type, detail) => void emit(context, element, type, detail),
  };
  return context;
}

/** onReady comes once, when the page and all components it met are on the screen. */
function watchReady(context: PageContext): () => void {
  const { schedule, pageId } = context;
  let said = false;
  const say = (): void => {
    if (said) return;
    said = true;
    clearTimeout(patience);
    context.send({ type: "pageRendered", pageId });
  };
  const patience = setTimeout(say, PATIENCE_MS);
  const check = (): void => {
    if (said) return;
    if ([...context.components.values()].every((component) => component.isReady())) say();
    else schedule.afterPaint(check);
  };
  schedule.afterPaint(check);
  return () => {
    said = true;
    clearTimeout(patience);
  };
}

/** Draws a page and keeps it drawn; the caller shows it. */
export function createPage(parts: PageParts): PageView {
  const { compiled, schedule, options } = parts;
  const skeleton = buildSkeleton(options, compiled, parts.pageId);
  const context = createContext(parts, skeleton);
  const frame: Frame = {
    page: context,
    owner: null,
    outer: null,
    path: compiled.path,
    template: compiled.template,
    slots: {},
  };
  let data = parts.data;
  let disposed = false;
  const draw = (): void => {
    if (disposed) return;
    try {
      const nodes = drawNodes(compiled.template.nodes, templateScope(frame, data, null), frame);
      render(h(Fragment, null, nodes), skeleton.page);
    } catch (error) {
      context.fault(`${compiled.path} could not be drawn: ${String(error)}`, error);
    }
  };
  const pull = createPullRefresh(context, skeleton.indicator, compiled.window.pullRefresh === true);
  const gestures = createGestures(context, pull);
  const stopListening = listenTo(context, gestures);
  watchScroll(context);
  schedule.draw(draw);
  const stopWaiting = watchReady(context);

  return {
    context,
    page: skeleton.page,
    gestures,
    pull,
    applyData(patches) {
      data = applyPatches(data, patches);
      schedule.draw(draw);
    },
    show: (shown) => void skeleton.box.toggleAttribute("data-shown", shown),
    dispose() {
      stopWaiting();
      stopListening();
      render(null, skeleton.page);
      disposed = true;
      skeleton.box.remove();
      skeleton.fonts.remove();
    },
  };
}
