import type { DingTalkClient } from "./client";

/** Names the tab of DingTalk's PC client after the page, now and whenever its title changes. */
export function followTitle(client: DingTalkClient): void {
  const tell = (): void => void client.setTitle(document.title).catch(() => undefined); // a client without titles
  const title = document.querySelector("title");
  if (title) new MutationObserver(tell).observe(title, { childList: true });
}
