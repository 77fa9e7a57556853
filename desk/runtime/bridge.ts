import type { CanvasProfile, Json, JsonObject } from "./protocol";

/** What a client call comes to: the argument of `success` or of `fail`. */
export type BridgeReply = { ok: true; value: Json } | { ok: false; value: JsonObject };

/** Who holds the phone: opaque here, chosen on the desk page, carried in the phone's address as `?who=`. */
export type Who = string;

/**
 * What the phone asks of DingTalk itself, behind the mini program: auth codes and such. The desk answers from its Open
 * Platform; the mini program host alone has none and refuses by name.
 */
export interface ClientBridge {
  /** `name` is the JSAPI's own name, e.g. `runtime.permission.requestAuthCode`; `who` is null where nobody was chosen. */
  call(name: string, args: JsonObject, who: Who | null): Promise<BridgeReply>;
  /** The organisation that the person acts in when tapping the app in the Workbench; null where there is none. */
  corpId(who: Who | null): string | null;
}

/** What the host serves a phone from. */
export interface PhoneOptions {
  /** Folder of the built mini program (with app.json). */
  project: string;
  /** HTTP trusted domains as an administrator lists them in the console: `host[:port]` without scheme. Others are refused (error 11). */
  trustedDomains: string[];
  /** Webview trusted domains, in the same form; pages of others do not load in a web-view. Absent: all load. */
  webViewDomains?: string[];
  /** The product's origin: on PC its pages in a web-view are loaded through the desk's PC client. Absent: as they are. */
  product?: string;
  bridge: ClientBridge;
  canvasProfile: CanvasProfile;
  /**
   * Any fault of the mini program is an error, and a wrong argument of `dd` throws: for builds of one's own. Absent: what
   * devices are known to take runs with a warning, and a page with faults shows them while the others run.
   */
  strict?: boolean;
}
