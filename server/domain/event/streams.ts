import type { Logger } from "pino";
import type { EnterpriseId } from "../../../core/contract/id";
import { describeCredentials } from "../../database/enterprise/credential";
import { listEnterprisesByEventMode, type EnterpriseRow } from "../../database/enterprise/enterprise";
import type { DingTalk } from "../../dingtalk/client";
import { openStream, type Stream } from "../../dingtalk/stream";
import { appOf, type AppParts } from "../access/app";
import type { Inbox } from "./inbox";
import type { SuiteInbox } from "./suite";

export interface StreamsParts extends AppParts {
  dingtalk: DingTalk;
  inbox: Inbox;
  suiteInbox: SuiteInbox;
  log: Logger;
  /** Whether DingTalk is reached without encryption: its stand-in on this machine. */
  plain: boolean;
}

/**
 * The Stream connections of this node: one for each enterprise that chose it, and one for the suite where nothing is
 * pushed to us for it. DingTalk spreads events over the nodes.
 */
export function createStreams(parts: StreamsParts) {
  const open = new Map<EnterpriseId, { key: string; stream: Stream }>();
  let ofSuite: Stream | null = null;
  let busy = false;

  const hearSuite = (): void => {
    const { suite } = parts;
    if (ofSuite || !suite || suite.push) return;
    ofSuite = openStream({
      plain: parts.plain,
      log: parts.log.child({ suite: suite.key }),
      connect: () => parts.dingtalk.openSuiteStream({ clientId: suite.key, clientSecret: suite.secret }),
      take: (event, data) => parts.suiteInbox.accept(event, data),
    });
  };

  const close = (id: EnterpriseId): void => {
    open.get(id)?.stream.close();
    open.delete(id);
  };

  const start = (enterprise: EnterpriseRow, key: string): void => {
    const stream = openStream({
      plain: parts.plain,
      log: parts.log.child({ enterpriseId: enterprise.id }),
      connect: async () => parts.dingtalk.openStream(await appOf(parts, enterprise)),
      take: (event) => parts.inbox.accept(enterprise, event),
    });
    open.set(enterprise.id, { key, stream });
  };

  return {
    /** Opens what was chosen and closes what is no longer: cheap, so it may be called every few seconds. */
    settle: async (): Promise<void> => {
      if (busy) return;
      busy = true;
      hearSuite();
      try {
        // A suite's events come for all its enterprises together.
        const chosen = await listEnterprisesByEventMode(parts.db, "stream");
        const wanted = chosen.filter(({ appKind }) => appKind === "internal_app");
        const ids = new Set(wanted.map(({ id }) => id));
        for (const id of [...open.keys()]) if (!ids.has(id)) close(id);
        for (const enterprise of wanted) {
          // Another key is another app: its connection is a new one.
          const key = (await describeCredentials(parts.db, enterprise.id)).clientId ?? "";
          if (open.get(enterprise.id)?.key === key) continue;
          close(enterprise.id);
          if (key !== "") start(enterprise, key);
        }
      } finally {
        busy = false;
      }
    },
    hears: (id: EnterpriseId): boolean => open.get(id)?.stream.connected() ?? false,
    closeAll: (): void => {
      ofSuite?.close();
      [...open.keys()].forEach(close);
    },
  };
}
