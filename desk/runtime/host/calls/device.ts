import type { Client, Handlers } from "../client";
import { linkSheet, previewImage, prompt, shareSheet } from "../dialogs";
import { ClientFailure, failure } from "../failure";
import { askDesk } from "../http";
import { networkType } from "../device/network";

/** What the phone itself does, and what DingTalk does for the mini program. */
export function deviceCalls(client: Client): Handlers {
  const { overlay, words, storage, address, boot } = client;
  const clipboard = createClipboard();

  return {
    httpRequest: (args) =>
      askDesk(boot.mount, "relay", { ...args, platform: address.platform, language: address.language }),
    getAuthCode: (args) => client.bridge("runtime.permission.requestAuthCode", args),
    setStorage(args) {
      storage.set(String(args["key"]), args["data"] ?? null);
    },
    removeStorage: (args) => storage.remove(String(args["key"])),
    clearStorage: () => storage.clear(),
    getSystemInfo: () => client.systemInfo(),
    getNetworkType: () => networkType(),
    setClipboard: (args) => clipboard.write(String(args["text"] ?? "")),
    getClipboard: () => ({ text: clipboard.read() }),
    vibrate: () => ({}),
    vibrateShort: () => ({}),
    vibrateLong: () => ({}),
    exit: () => client.exit(),
    openLink: async (args) => {
      const url = String(args["url"] ?? "");
      if (!/^(https?|dingtalk):/i.test(url)) throw failure(2, `dd.openLink needs a URL, not "${url}".`);
      if (address.platform === "Windows") openOnPc(url);
      else void linkSheet(overlay, words, url);
    },
    previewImage: (args) => {
      const urls = Array.isArray(args["urls"]) ? args["urls"].map((url) => client.pictureUrl(String(url))) : [];
      void previewImage(overlay, words, urls, Number(args["current"]) || 0);
    },
    share: async (args) => {
      const shared = await shareSheet(
        overlay,
        words,
        String(args["title"] ?? ""),
        String(args["content"] ?? args["url"] ?? ""),
      );
      if (!shared) throw new ClientFailure({ error: -1, errorMessage: "The person did not share." });
    },
    shareAppMessage: async ({ title, desc, path }) => {
      await shareSheet(overlay, words, String(title ?? boot.title), String(desc ?? path ?? ""));
    },
    scan: async () => {
      const { ok, inputValue } = await prompt(overlay, words, { title: words.scanTitle, message: words.scanHint });
      if (!ok) throw new ClientFailure({ error: 10, errorMessage: "The person cancelled." });
      return { code: inputValue, text: inputValue };
    },
  };
}

/** The PC client around the mini program opens links as it is set; without one the browser does. */
function openOnPc(url: string): void {
  if (window.parent === window) window.open(url, "_blank", "noopener");
  else window.parent.postMessage({ type: "dingtalk-open-link", url }, location.origin);
}

/** The phone's own clipboard; the computer's gets a copy where the browser allows it. */
function createClipboard(): { write(text: string): void; read(): string } {
  let kept = "";
  return {
    write(text) {
      kept = text;
      navigator.clipboard?.writeText(text).catch(() => undefined);
    },
    read: () => kept,
  };
}
