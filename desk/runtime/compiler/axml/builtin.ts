/**
 * The built-in components that DingTalk documents for mini programs. https://open.dingtalk.com/document/development/mini-app-dd-view-container
 * and its neighbours; `cover-view`, `cover-image` and `lottie` are not documented for DingTalk and are refused.
 */
export const BUILT_IN_TAGS: ReadonlySet<string> = new Set([
  "view",
  "swiper",
  "swiper-item",
  "scroll-view",
  "movable-view",
  "movable-area",
  "text",
  "icon",
  "progress",
  "rich-text",
  "form",
  "button",
  "label",
  "input",
  "textarea",
  "radio",
  "radio-group",
  "checkbox",
  "checkbox-group",
  "switch",
  "slider",
  "picker-view",
  "picker-view-column",
  "picker",
  "navigator",
  "image",
  "video",
  "map",
  "canvas",
  "web-view",
  "open-avatar",
]);

/** Tags that are part of the language and render nothing by themselves. */
export const LANGUAGE_TAGS: ReadonlySet<string> = new Set([
  "block",
  "slot",
  "template",
  "import",
  "include",
  "import-sjs",
]);

/** Directives behind `a:`. */
export const DIRECTIVES: ReadonlySet<string> = new Set([
  "a:if",
  "a:elif",
  "a:else",
  "a:for",
  "a:for-item",
  "a:for-index",
  "a:for-key",
  "a:key",
]);
