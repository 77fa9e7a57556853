import type { Json, JsonObject, ToView } from "../protocol";
import { createElements } from "./automation";
import type { CanvasArea } from "./canvas";
import { canvasOf, drawOn, getImageData, putImageData, toTempFilePath } from "./canvas";
import { type IntersectionRequest, observeIntersection } from "./intersection";
import type { PageView } from "./page";
import { createPage } from "./page";
import { applyPatches } from "./patch";
import { answerQuery, type QueryStep } from "./query";
import { createSchedule } from "./schedule";
import type { ViewElements } from "./view-elements";
import type { ViewOptions } from "./view-options";

type Message<Type extends ToView["type"]> = Extract<ToView, { type: Type }>;

/** What is inside the pages. The host owns the worker, the bars, the toasts and the frame around. */
export interface View {
  openPage(message: Message<"pageOpen">): void;
  closePages(pageIds: string[]): void;
  /** Shows one page and hides the others (they keep their state and scroll position). */
  showPage(pageId: string): void;
  applyData(message: Message<"data">): void;
  componentReady(message: Message<"componentReady">): void;
  /** Resolves when the actions are on the canvas (images loaded); rejects when the page has no such canvas. */
  drawCanvas(message: Message<"canvasDraw">): Promise<void>;
  /** `toTempFilePath`: a blob URL. */
  canvasToTempFilePath(pageId: string, canvasId: string, area: CanvasArea): Promise<string>;
  /** `getImageData`: bytes in RGBA order. */
  canvasGetImageData(pageId: string, canvasId: string, area: CanvasArea): JsonObject;
  /** `putImageData`. */
  canvasPutImageData(pageId: string, canvasId: string, area: CanvasArea & { data: number[] }): void;
  /** Answers of `createSelectorQuery().exec`, one per step; positions are relative to the page's frame. */
  query(pageId: string, steps: QueryStep[]): Json[];
  /** Watches how much of elements can be seen; throws where a selector matches nothing. */
  observeIntersection(
    pageId: string,
    observerId: string,
    request: IntersectionRequest,
    heard: (seen: JsonObject) => void,
  ): void;
  endIntersection(observerId: string): void;
  /** `pageScrollTo`: `duration` in milliseconds. */
  scrollPage(pageId: string, scrollTop: number, duration?: number): void;
  /** `startPullDownRefresh` (also sends onPullDownRefresh) and `stopPullDownRefresh`. */
  startPullDownRefresh(pageId: string): void;
  stopPullDownRefresh(pageId: string): void;
  /** `page` is the `<page>` element inside `shadow`; `scroller` is what scrolls. */
  pageElement(pageId: string): { shadow: ShadowRoot; page: HTMLElement; scroller: HTMLElement } | undefined;
  elements: ViewElements;
  dispose(): void;
}

/** Builds the view over the page's DOM; `dispose` takes everything away again. */
export function createView(options: ViewOptions): View {
  const schedule = createSchedule();
  const pages = new Map<string, PageView>();
  const observations = new Map<string, () => void>();
  let components = 0;

  const pageOf = (pageId: string): PageView => {
    const page = pages.get(pageId);
    if (!page) throw new Error(`There is no page ${pageId}.`);
    return page;
  };
  const canvas = (pageId: string, canvasId: string): HTMLCanvasElement => canvasOf(pageOf(pageId).context, canvasId);

  function openPage({ pageId, path, data }: Message<"pageOpen">): void {
    const compiled = options.app.page[path];
    if (!compiled) throw new Error(`There is no page ${path} in this mini program.`);
    const nextComponentId = (): string => `component-${++components}`;
    pages.set(pageId, createPage({ pageId, options, schedule, compiled, data, nextComponentId }));
  }

  function applyData({ pageId, componentId, patches, seq }: Message<"data">): void {
    const page = pages.get(pageId);
    if (componentId === null) page?.applyData(patches);
    else page?.context.components.get(componentId)?.update((data) => applyPatches(data, patches));
    // Said even when what it was for is gone: the callback of setData must run.
    schedule.afterPaint(() => options.send({ type: "dataApplied", seq }));
  }

  function closePages(pageIds: readonly string[]): void {
    for (const pageId of pageIds) pages.get(pageId)?.dispose();
    for (const pageId of pageIds) pages.delete(pageId);
  }

  return {
    openPage,
    closePages,
    applyData,
    showPage(pageId) {
      for (const [id, page] of pages) page.show(id === pageId);
    },
    componentReady({ componentId, data, props }) {
      for (const page of pages.values()) page.context.components.get(componentId)?.ready(data, props);
    },
    async drawCanvas({ pageId, canvasId, actions, reserve }) {
      // What setData asked for before the drawing comes before it: the canvas may be about to appear or change its size.
      schedule.flush();
      await drawOn(pageOf(pageId).context, canvas(pageId, canvasId), { actions, reserve });
    },
    canvasToTempFilePath: async (pageId, canvasId, area) => toTempFilePath(canvas(pageId, canvasId), area),
    canvasGetImageData: (pageId, canvasId, area) => getImageData(canvas(pageId, canvasId), area),
    canvasPutImageData: (pageId, canvasId, area) => putImageData(canvas(pageId, canvasId), area),
    query(pageId, steps) {
      schedule.flush();
      return answerQuery(pageOf(pageId).context, pageOf(pageId).page, steps);
    },
    observeIntersection(pageId, observerId, request, heard) {
      schedule.flush();
      const { context, page } = pageOf(pageId);
      observations.set(observerId, observeIntersection(context, page, request, heard));
    },
    endIntersection(observerId) {
      observations.get(observerId)?.();
      observations.delete(observerId);
    },
    scrollPage(pageId, scrollTop, duration = 0) {
      pageOf(pageId).context.scroller.scrollTo({ top: scrollTop, behavior: duration > 0 ? "smooth" : "instant" });
    },
    startPullDownRefresh: (pageId) => pageOf(pageId).pull.refresh(),
    stopPullDownRefresh: (pageId) => pageOf(pageId).pull.stop(),
    pageElement(pageId) {
      const found = pages.get(pageId);
      return found && { shadow: found.context.shadow, page: found.page, scroller: found.context.scroller };
    },
    elements: createElements(pages),
    dispose() {
      closePages([...pages.keys()]);
      schedule.dispose();
    },
  };
}
