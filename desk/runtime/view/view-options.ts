import type { CompiledApp } from "../compiled";
import type { ToLogic } from "../protocol";

/** What a view is built from; nothing else is read from outside. */
export interface ViewOptions {
  app: CompiledApp;
  /** Exports of each sjs module, by its path in `CompiledApp.sjsScript`. */
  sjs: Record<string, unknown>;
  /** Page frames are appended here; each fills it. The element needs a size; the view makes it a positioned box. */
  root: HTMLElement;
  send(message: ToLogic): void;
  /** URL of a file of the mini program, given its path inside the project (`/image/a.png`). */
  assetUrl(path: string): string;
  /** A fault while drawing: unsupported tag, failing sjs call. The view shows a red box too. */
  reportException(message: string, stack: string): void;
  /** `<web-view>` wants to talk: the host answers its bridge. Called for each iframe that appears. */
  /** Where a web-view's page is loaded from; its own address where absent. */
  webViewUrl?(source: string): string;
  webViewAppeared?(pageId: string, frame: HTMLIFrameElement): void;
}
