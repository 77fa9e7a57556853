import { LanguageStore } from "../client/stores/language";
import { SessionStore } from "../client/stores/session/session";
import { repeated } from "../client/api/repeat";
import type { Transport } from "../client/api/transport";
import { ChartSources } from "./chart-sources";
import { clientInfo, later } from "./dingtalk/client";
import { corpIdOf, getAuthCode } from "./dingtalk/identity";
import { ddStorage } from "./dingtalk/storage";
import { httpTransport } from "./dingtalk/transport";
import { PcStart } from "./pc-start";

/** What all pages share: one session, one language, one way to the server. */
export interface Parts {
  transport: Transport;
  session: SessionStore;
  language: LanguageStore;
  charts: ChartSources;
  /** On a computer: the way to the web pages. Null on phones. */
  pc: PcStart | null;
  /** The enterprise that the app was opened for; null where the client tells none. */
  corpId: () => string | null;
  deviceName: string;
  /** Room for a card's content, in px. */
  contentWidth: number;
  pixelRatio: number;
  now: () => number;
  later: typeof later;
}

/** A card's margin and padding on both sides, in px. */
const INSET = 2 * (12 + 16);

let launch: DingTalk.LaunchOptions = {};
let made: Parts | null = null;

function createParts(): Parts {
  const info = clientInfo();
  const transport = repeated(httpTransport(__PUBLIC_URL__));
  const language = new LanguageStore({ storage: ddStorage, system: info.language });
  const corpId = (): string | null => corpIdOf(launch);
  const session = new SessionStore({
    transport,
    storage: ddStorage,
    language,
    corpId,
    getAuthCode,
    deviceName: info.deviceName,
    now: Date.now,
    random: Math.random,
  });
  return {
    transport,
    session,
    language,
    charts: new ChartSources(),
    pc: info.pc ? new PcStart({ publicUrl: __PUBLIC_URL__, corpId, getAuthCode, language }) : null,
    corpId,
    deviceName: info.deviceName,
    contentWidth: info.width - INSET,
    pixelRatio: info.pixelRatio,
    now: Date.now,
    later,
  };
}

/** The app's parts, made when first asked for. */
export function parts(): Parts {
  made ??= createParts();
  return made;
}

/** The app was opened: continues or starts the session. On a PC the web page does, and nothing is kept here. */
export function start(options: DingTalk.LaunchOptions): void {
  launch = options;
  const { language, session, pc } = parts();
  if (pc) return;
  void language.restore();
  void session.start();
}
