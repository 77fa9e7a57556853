import { h } from "preact";
import type { ComponentChild } from "preact";
import { useState } from "preact/hooks";
import { textOf } from "../expression";
import type { ElementInfo } from "../node";
import type { BuiltInProps } from "./dom";
import { useElement } from "./dom";

/** Where `mode` puts a picture that is not scaled. */
const CROPS = new Set([
  "top",
  "bottom",
  "center",
  "left",
  "right",
  "top left",
  "top right",
  "bottom left",
  "bottom right",
]);
const FITS: Record<string, string> = { aspectFit: "contain", aspectFill: "cover" };

function fitOf(mode: string): string {
  if (CROPS.has(mode)) return `object-fit:none;object-position:${mode}`;
  return `object-fit:${FITS[mode] ?? "fill"}`;
}

/** The URL of a picture: a path starts at the project's root (`/a.png`) or at the template's file (`./a.png`). */
export function pictureUrl(source: string, info: ElementInfo): string {
  if (source === "" || /^([a-z][a-z0-9+.-]*:|\/\/)/i.test(source)) return source;
  const { path, page } = info.frame;
  return page.options.assetUrl(new URL(source, `file:///${path.replace(/^\//, "")}`).pathname);
}

/** `<image src mode onLoad onError>`. https://open.dingtalk.com/document/development/mini-app-image-media-1 */
export function Image({ info }: BuiltInProps): ComponentChild {
  const { props, emit } = useElement(info);
  const [ratio, setRatio] = useState<number | null>(null);
  const mode = textOf(info.attributes["mode"]) || "scaleToFill";
  const source = pictureUrl(textOf(info.attributes["src"]), info);
  const style = textOf(props["style"]);
  if (mode === "widthFix" && ratio) props["style"] = `${style};height:auto;aspect-ratio:${ratio}`;
  const picture = h("img", {
    key: source,
    src: source || undefined,
    draggable: false,
    alt: textOf(info.attributes["aria-label"]),
    style: `${fitOf(mode)}${source ? "" : ";visibility:hidden"}`,
    onLoad: (event: Event) => {
      const { naturalWidth, naturalHeight } = event.target as HTMLImageElement;
      if (naturalHeight > 0) setRatio(naturalWidth / naturalHeight);
      emit("load", { width: `${naturalWidth}px`, height: `${naturalHeight}px` });
    },
    onError: () => emit("error", { errMsg: `${source} could not be loaded` }),
  });
  return h(info.tag, props, picture);
}
