import type { Address } from "../address";
import { actionSheet } from "../dialogs";
import { button, element } from "../element";
import type { Overlay } from "../overlay";
import type { Words } from "../words";

/** The menu behind the capsule's dots: share the page, or start again. */
export async function capsuleMenu(
  overlay: Overlay,
  words: Words,
  title: string,
  acts: { share: () => void; restart: () => void },
): Promise<void> {
  const { index } = await actionSheet(overlay, words, { title, items: [words.share, words.restart] });
  if (index === 0) acts.share();
  if (index === 1) acts.restart();
}

/**
 * What the capsule's cross leads to. Inside the desk the page around is told and shows the Workbench; alone, a screen
 * offers to open the mini program again.
 */
export function closedScreen(words: Words, address: Address, reopen: () => void): HTMLElement {
  if (window.parent !== window)
    window.parent.postMessage({ type: "dingtalk-mini-program-closed", who: address.who }, window.location.origin);
  return element("div", "closed", [element("p", "", words.closedTitle), button("", words.reopen, reopen)]);
}
