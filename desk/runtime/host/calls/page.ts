import type { Json, JsonObject } from "../../protocol";
import type { IntersectionRequest } from "../../view/intersection";
import type { CanvasArea } from "../../view/canvas";
import type { QueryStep } from "../../view/query";
import type { Client, Handlers } from "../client";
import { isDark } from "../bar/color";
import { failure } from "../failure";
import type { NavigationState } from "../bar/navigation-bar";

/** What acts on a page: its bar, scrolling, measuring, its canvases. */
export function pageCalls({ view, screen, leave, webViews, pictureUrl, send }: Client): Handlers {
  return {
    setNavigationBar(args, pageId) {
      if (args["reset"] === true) screen.resetBar(pageId);
      screen.changeBar(pageId, barChange(args, pictureUrl));
    },
    showNavigationBarLoading: (_args, pageId) => screen.changeBar(pageId, { loading: true }),
    hideNavigationBarLoading: (_args, pageId) => screen.changeBar(pageId, { loading: false }),
    pageScrollTo(args, pageId) {
      view.scrollPage(needPage(pageId), Number(args["scrollTop"]) || 0, Number(args["duration"]) || 0);
    },
    startPullDownRefresh: (_args, pageId) => view.startPullDownRefresh(needPage(pageId)),
    stopPullDownRefresh: (_args, pageId) => view.stopPullDownRefresh(needPage(pageId)),
    enableLeaveConfirm: (args, pageId) => leave.enable(needPage(pageId), args),
    disableLeaveConfirm: (_args, pageId) => leave.disable(needPage(pageId)),
    // The capsule here shares nothing by itself: there is no menu to take an entry from.
    hideShareMenu: () => undefined,
    hideKeyboard(_args, pageId) {
      const focused = view.pageElement(needPage(pageId))?.shadow.activeElement;
      if (focused instanceof HTMLElement) focused.blur();
    },
    selectorQuery: (args, pageId) => view.query(needPage(pageId), stepsOf(args["steps"])),
    observeIntersection(args, pageId) {
      const { observerId, ...request } = args;
      view.observeIntersection(
        needPage(pageId),
        String(observerId),
        request as unknown as IntersectionRequest,
        (seen) => send({ type: "notice", name: "intersection", value: { ...seen, observerId: observerId ?? null } }),
      );
    },
    endIntersection: (args) => view.endIntersection(String(args["observerId"])),
    postToWebView: (args, pageId) => webViews.post(pageId, String(args["webViewId"]), args["data"] ?? null),
    canvasToTempFilePath: async (args, pageId) => {
      const path = await view.canvasToTempFilePath(needPage(pageId), String(args["canvasId"]), args as CanvasArea);
      return { filePath: path, apFilePath: path, tempFilePath: path };
    },
    canvasGetImageData: (args, pageId) =>
      view.canvasGetImageData(needPage(pageId), String(args["canvasId"]), args as CanvasArea),
    canvasPutImageData(args, pageId) {
      const area = args as CanvasArea;
      const data = Array.isArray(args["data"]) ? args["data"].map(Number) : [];
      view.canvasPutImageData(needPage(pageId), String(args["canvasId"]), { ...area, data });
    },
  };
}

function needPage(pageId: string | null): string {
  if (pageId === null) throw failure(2, "No page is open.");
  return pageId;
}

function barChange(args: JsonObject, pictureUrl: (source: string) => string): Partial<NavigationState> {
  const { title, backgroundColor, frontColor, image } = args;
  const change: Partial<NavigationState> = {};
  if (typeof title === "string") change.title = title;
  if (typeof image === "string") change.image = image ? pictureUrl(image) : null;
  if (typeof backgroundColor === "string") {
    change.background = backgroundColor;
    change.dark = isDark(backgroundColor);
  }
  if (typeof frontColor === "string") change.dark = !isDark(frontColor);
  return change;
}

function stepsOf(value: Json | undefined): QueryStep[] {
  return Array.isArray(value) ? (value as unknown as QueryStep[]) : [];
}
