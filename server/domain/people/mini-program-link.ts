import type { CorpId } from "../../../core/contract/id";
import type { AppKind } from "../../../core/contract/enterprise/enterprise";
import type { SuiteConfig } from "../../config";

export interface LinkParts {
  applinkUrl: string;
  suite: SuiteConfig | null;
}

interface Linked {
  corpId: CorpId;
  appKind: AppKind;
  agentId: string | null;
  miniAppId: string | null;
}

/**
 * How links that open one of our mini program's pages are made for an enterprise. Null while DingTalk's ids for it are
 * not all known: an internal app's link must name MiniAppId and AgentId, a suite's MiniAppId and AppId, or DingTalk opens
 * nothing. https://open.dingtalk.com/document/development/open-mini-program
 */
export function miniProgramLinks(
  { applinkUrl, suite }: LinkParts,
  enterprise: Linked,
): ((page: string) => string) | null {
  const app = enterprise.appKind === "suite" ? suiteQuery(suite) : internalQuery(enterprise);
  if (!app) return null;
  return (page) => {
    const query = new URLSearchParams({ ...app, corpId: enterprise.corpId, page });
    return `${applinkUrl}/action/open_mini_app?${query.toString()}`;
  };
}

function internalQuery({ miniAppId, agentId }: Linked): Record<string, string> | null {
  // Saved forms may hold empty texts.
  return miniAppId && agentId ? { type: "2", miniAppId, agentId, pVersion: "1", packageType: "1" } : null;
}

function suiteQuery(suite: SuiteConfig | null): Record<string, string> | null {
  return suite?.miniAppId && suite.appId ? { type: "1", miniAppId: suite.miniAppId, appId: suite.appId } : null;
}
