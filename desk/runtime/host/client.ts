import type { PhoneBoot } from "../boot";
import type { Json, JsonObject, ToLogic } from "../protocol";
import type { View } from "../view/view";
import type { Address } from "./address";
import type { LeaveGuard } from "./leave";
import type { Overlay } from "./overlay";
import type { Screen } from "./screen";
import type { PhoneStorage } from "./device/storage";
import type { WebViews } from "./web-view/web-view";
import type { Words } from "./words";

/** Everything a client call may use. */
export interface Client {
  boot: PhoneBoot;
  address: Address;
  words: Words;
  view: View;
  screen: Screen;
  overlay: Overlay;
  storage: PhoneStorage;
  /** What web pages' JSAPI keeps: DingTalk keeps it apart from the mini program's own. */
  domainStorage: PhoneStorage;
  webViews: WebViews;
  leave: LeaveGuard;
  /** Closes the mini program as its capsule's cross does. */
  exit(): void;
  systemInfo: () => JsonObject;
  send(message: ToLogic): void;
  /** Asks DingTalk itself, through the desk; throws what `fail` gets. */
  bridge(name: string, args: JsonObject): Promise<Json>;
  /** URL of a picture as the mini program names it: its own file, or any address. */
  pictureUrl(source: string): string;
}

/** Carries out one `dd` call, where nothing stands for `{}`; throws `ClientFailure` for what `fail` should get. */
export type Handler = (args: JsonObject, pageId: string | null) => Json | void | Promise<Json | void>;
export type Handlers = Record<string, Handler>;
