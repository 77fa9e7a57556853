import type { JsonObject } from "../protocol";

/** The way from the desk's process to the phone's page that is open in a browser. */
export interface PhoneLink {
  /**
   * Asks the phone page that connected last. `method` and `params` are the automator's (`Page.getElement`, …).
   * Rejects with the page's own message, or when no phone is open within 15 s.
   */
  request(method: string, params: JsonObject): Promise<JsonObject>;
  /** Hears `App.logAdded`, `App.exceptionThrown`, `App.bindingCalled`. Returns what stops it. */
  onEvent(listener: (method: string, params: JsonObject) => void): () => void;
}
