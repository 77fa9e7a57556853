import type { JsonObject } from "../runtime/protocol";
import type { PhoneLink } from "../runtime/server/link";

/** The phone that an automator drives. */
export interface DrivenPhone {
  phone: PhoneLink;
  /** A PNG of the phone's screen; null where no browser of ours shows it (captureScreenshot then fails clearly). */
  screenshot: (() => Promise<Buffer>) | null;
}

/** One connected automator. */
export interface Session {
  /** A frame arrived. */
  heard(text: string): Promise<void>;
  close(): void;
}

type Answer = (params: JsonObject) => JsonObject | Promise<JsonObject>;

/** Speaks miniprogram-automator's frames: `{id, method, params}` in, `{id, result}` or `{id, error}` and events out. */
export function createSession(options: DrivenPhone, send: (message: JsonObject) => void): Session {
  let hearsLogs = false;
  const own: Record<string, Answer> = {
    // "dev" is the one version that the package never compares.
    "Tool.getInfo": () => ({ SDKVersion: "dev" }),
    "Tool.close": () => ({}),
    "App.exit": () => ({}),
    "App.enableLog"() {
      hearsLogs = true;
      return {};
    },
    async "App.captureScreenshot"() {
      if (!options.screenshot)
        throw new Error("No screenshot: the phone is not shown by a browser that this process started (--headless).");
      return { data: (await options.screenshot()).toString("base64") };
    },
  };
  const stop = options.phone.onEvent((method, params) => {
    if (method === "App.logAdded" && !hearsLogs) return;
    send({ method, params });
  });

  async function answer(method: string, params: JsonObject): Promise<JsonObject> {
    const answers = Object.hasOwn(own, method) ? own[method] : undefined;
    return answers ? answers(params) : options.phone.request(method, params);
  }

  return {
    async heard(text) {
      const { id, method, params } = JSON.parse(text) as { id: string; method: string; params?: JsonObject };
      try {
        send({ id, result: await answer(method, params ?? {}) });
      } catch (error) {
        send({ id, error: { message: error instanceof Error ? error.message : String(error) } });
      }
    },
    close: stop,
  };
}
