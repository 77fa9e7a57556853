import { h } from "preact";
import type { ComponentChild } from "preact";
import { useEffect } from "preact/hooks";
import { useAnimation } from "./animation";
import type { BuiltInProps } from "./dom";
import { useElement } from "./dom";

/** Half of the element has to be seen (or gone) for `onAppear` (`onDisappear`). https://open.dingtalk.com/document/development/mini-app-dd-view-container */
const SEEN_SHARE = 0.5;

/** `<view>` with what a bare DOM element cannot do: the appear events and animations. */
export function View({ info, children }: BuiltInProps): ComponentChild {
  const { props, element, emit } = useElement(info);
  useAnimation(element, info.attributes["animation"]);
  useEffect(() => {
    if (!element.current) return undefined;
    let seen = false;
    let ever = false;
    const observer = new IntersectionObserver(
      ([entry]) => {
        const now = (entry?.intersectionRatio ?? 0) >= SEEN_SHARE;
        if (now === seen) return;
        seen = now;
        emit(now ? "appear" : "disappear", {});
        if (now && !ever) emit("firstAppear", {});
        ever = true;
      },
      { root: info.frame.page.scroller, threshold: SEEN_SHARE },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return h("view", props, children);
}
