import type { Client, Handlers } from "../client";
import { actionSheet, alert, confirm, prompt } from "../dialogs";

const DEFAULT_TOAST_MS = 2000;

/** Toasts, loading boxes and dialogs. https://open.dingtalk.com/document/development/dd-showtoast */
export function feedbackCalls({ overlay, words }: Client): Handlers {
  return {
    showToast: async (args) => {
      const { content, type, duration } = args;
      await overlay.toast(String(content ?? ""), String(type ?? "none"), Number(duration) || DEFAULT_TOAST_MS);
    },
    hideToast() {
      overlay.hideToast();
    },
    showLoading(args) {
      overlay.loading(String(args["content"] ?? ""), Number(args["delay"]) || 0);
    },
    hideLoading() {
      overlay.hideLoading();
    },
    alert: (args) => alert(overlay, words, args),
    confirm: (args) => confirm(overlay, words, args),
    prompt: (args) => prompt(overlay, words, args),
    showActionSheet: (args) => actionSheet(overlay, words, args),
  };
}
