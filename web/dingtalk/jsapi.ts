import dd from "dingtalk-jsapi/entry/union";
import { close$ } from "dingtalk-jsapi/api/biz/navigation/close";
import { setTitle$ } from "dingtalk-jsapi/api/biz/navigation/setTitle";
import { openLink$ as openLinkOfUtil$ } from "dingtalk-jsapi/api/biz/util/openLink";
import { requestAuthCode$ } from "dingtalk-jsapi/api/runtime/permission/requestAuthCode";
import { openLink$ } from "dingtalk-jsapi/api/union/openLink";

/**
 * The calls of DingTalk's own script that the product makes; a file of its own, so that only pages inside DingTalk load it.
 * None of them needs `dd.config`. https://open.dingtalk.com/document/development/jsapi-overview
 */
export const jsapi = {
  /** Whether there is a client that answers. */
  reachable: (): boolean => dd.env.platform !== "notInDingTalk",
  /** The older name of `requestAuthCode`: it asks for no client id, and PC knows it since 3.0.0. */
  requestAuthCode: async (corpId: string): Promise<string> => (await requestAuthCode$({ corpId })).code,
  openLink: (url: string): Promise<unknown> => openLink$({ url }),
  openLinkOfUtil: (url: string): Promise<unknown> => openLinkOfUtil$({ url }),
  close: (): Promise<unknown> => close$({}),
  setTitle: (title: string): Promise<unknown> => setTitle$({ title }),
};

export type Jsapi = typeof jsapi;
