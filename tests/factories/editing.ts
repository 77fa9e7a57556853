import type { z } from "zod";
import type { ReportId } from "../../core/contract/id";
import type { draftRoutes, DraftState, ReportDraft } from "../../core/contract/report/draft";
import type { ReportList, ReportSpec, ReportView } from "../../core/contract/report/report";
import type { builders } from "./build";
import { request, type Ask } from "./client";
import type { World } from "./world";

type Saved = z.output<(typeof draftRoutes)["save"]["reply"]>;
export type Spec = z.output<typeof ReportSpec>;

/** Works with reports as their editors would. */
export function editing(at: () => { world: World; build: ReturnType<typeof builders> }) {
  const ask = <T>(method: string, path: string, options: Ask = {}) =>
    request<T>(at().world.server.url, method, path, options);
  const create = (token: string | undefined, body: object) =>
    ask<{ reportId: ReportId }>("POST", "/api/reports", {
      token,
      body: { title: "New", from: { kind: "blank" }, ...body },
    });
  const draft = (reportId: string, token?: string) =>
    ask<ReportDraft>("GET", `/api/reports/${reportId}/draft`, { token });
  const post = <T>(reportId: string, rest: string, token: string | undefined, body: unknown) =>
    ask<T>("POST", `/api/reports/${reportId}/${rest}`, { token, body });
  const save = (reportId: string, token: string, body: object, client = "client-one") =>
    post<Saved>(reportId, "draft", token, { client, ...body });
  const publish = (reportId: string, token: string, version: number, note?: string) =>
    post<{ revision: number }>(reportId, "publish", token, { version, note });
  const view = (reportId: string, token: string) => ask<ReportView>("GET", `/api/reports/${reportId}/view`, { token });
  const list = async (token: string) => (await ask<ReportList>("GET", "/api/reports", { token })).body.reports;
  const state = (reportId: string, token: string, after = "") =>
    ask<DraftState>("GET", `/api/reports/${reportId}/draft/changes?after=${after}`, { token });

  /** An enterprise with sales data, two editors and a reader, and a published report that the editors may edit. */
  const prepare = async () => {
    const { world, build } = at();
    const enterprise = await build.buildEnterprise();
    const reportId = await build.buildReport(enterprise);
    const [one, two, reader] = await Promise.all([
      build.buildUser({ enterprise, role: "editor" }),
      build.buildUser({ enterprise, role: "editor" }),
      build.buildUser({ enterprise }),
    ]);
    const { grant } = world.server.domain.reports;
    for (const { id } of [one, two]) await grant(enterprise.id, reportId, { kind: "user", userId: id }, "edit");
    await grant(enterprise.id, reportId, { kind: "user", userId: reader.id }, "view");
    const [first, second, third] = await Promise.all([one, two, reader].map(build.tokenOf));
    return { enterprise, reportId, one, reader, editor: first ?? "", other: second ?? "", viewer: third ?? "" };
  };

  return { ask, create, draft, post, save, publish, view, list, state, prepare };
}

/** Answers a copy with that changed. */
export function changed(spec: Spec, change: (copy: Spec) => void): Spec {
  const copy = structuredClone(spec);
  change(copy);
  return copy;
}
