import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pino, { type Logger } from "pino";
import { z } from "zod";
import { CorpId, ReportId, type EnterpriseId, type FolderId } from "../core/contract/id";
import { ReportSpec, type Level } from "../core/contract/report/report";
import { DatasetModel } from "../core/contract/dataset/dataset";
import type { DemoDepartment, DemoMember, DemoOrganisation } from "../desk/demo/enterprise";
import { openDomain, type Domain } from "../server/compose";
import { createAnalytics, type AnalyticsScope } from "../server/analytics/analytics";
import { readConfig, type Config } from "../server/config";
import { Secret } from "../server/secret";
import { loadDemoData } from "./data/load-demo-data";
import { readDemoContent, type DemoContent } from "./demo-content";

/** The password of every demo account: they exist on one machine and hold made-up data. */
export const DEMO_PASSWORD = "dingboard-demo";

/** Who may use the console of the demo. */
const OWNER_LOGIN = "linyue";

export interface DemoOptions {
  /** The server's environment. */
  env: NodeJS.ProcessEnv;
  rootDir: string;
  /** Orders of the retail chain; a subsidiary gets a tenth. */
  rows: number;
  log: (line: string) => void;
  /** The engine's entry file: given, the data is read in now, so that the first report does not wait for it. */
  enginePath?: string;
}

const Stamp = z.object({ digest: z.string(), rows: z.number(), until: z.iso.date() });

const yesterday = (): string => new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);

/**
 * Loads the demo enterprises into the server's database and files, unless they are there already. The retail data ends
 * on the day before the first start and stays: what one has seen yesterday is there today.
 */
export async function seedDemo(options: DemoOptions): Promise<void> {
  const config = readConfig(options.env);
  const content = readDemoContent(options.rootDir);
  const stampFile = join(config.dataDir, "demo.json");
  const stamp = existsSync(stampFile) ? Stamp.parse(JSON.parse(readFileSync(stampFile, "utf8"))) : null;
  if (stamp?.digest === content.digest && stamp.rows === options.rows) return;

  const until = stamp?.until ?? yesterday();
  const log = pino({ level: "silent" });
  const domain = await openDomain(config, { log });
  const datasets: AnalyticsScope[] = [];
  try {
    for (const organisation of content.seed.organisations.filter((one) => one.authorised)) {
      const enterpriseId = await loadOrganisation(domain, organisation);
      await loadDemoData({
        filesDir: join(config.dataDir, "files"),
        enterpriseId,
        rootDir: options.rootDir,
        rows: organisation.key === "yunling" ? options.rows : Math.ceil(options.rows / 10),
        until,
        log: options.log,
      });
      datasets.push(...(await loadReports(domain, content, organisation, enterpriseId)));
    }
  } finally {
    await domain.close();
  }
  if (options.enginePath) await readIn({ ...config, enginePath: options.enginePath }, datasets, log);
  writeFileSync(stampFile, JSON.stringify({ digest: content.digest, rows: options.rows, until }));
  options.log("Loaded the demo enterprises.");
}

async function loadOrganisation(domain: Domain, organisation: DemoOrganisation): Promise<EnterpriseId> {
  if (!organisation.app) throw new Error(`${organisation.key} is authorised but has no app.`);
  const enterprise = await domain.enterprises.store({
    corpId: CorpId.parse(organisation.corpId),
    clientId: organisation.app.appKey,
    clientSecret: new Secret(organisation.app.appSecret),
    name: organisation.name,
    agentId: String(organisation.app.agentId),
    miniAppId: organisation.app.miniAppId,
  });
  for (const department of organisation.departments) {
    await domain.members.saveDepartment(enterprise.id, {
      id: department.deptId,
      parentId: department.parentId,
      name: department.name,
    });
  }
  for (const member of organisation.members) await loadMember(domain, enterprise.id, member);
  for (const spare of organisation.spareAccounts) {
    const user = await findOrAdd(domain, { login: spare.login, name: spare.name, password: spare.password });
    await domain.users.setRole(enterprise.id, user.id, spare.role);
  }
  return enterprise.id;
}

async function loadMember(domain: Domain, enterpriseId: EnterpriseId, member: DemoMember): Promise<void> {
  await domain.members.save(enterpriseId, {
    userid: member.userid,
    unionId: member.unionid,
    name: member.name,
    departmentIds: member.departmentIds,
    title: member.title,
  });
  const { account } = member;
  if (!account) return;
  const user = await findOrAdd(domain, {
    login: account.login,
    name: member.name,
    password: DEMO_PASSWORD,
    instanceOwner: account.login === OWNER_LOGIN,
  });
  await domain.users.setRole(enterpriseId, user.id, account.role);
  await domain.users.bindMember(enterpriseId, user.id, member.userid);
  if (account.disabled) await domain.users.disable(account.login);
}

type NewUser = Parameters<Domain["users"]["add"]>[0];

async function findOrAdd(domain: Domain, user: NewUser): ReturnType<Domain["users"]["add"]> {
  return (await domain.users.find(user.login)) ?? (await domain.users.add(user));
}

async function loadReports(
  domain: Domain,
  content: DemoContent,
  organisation: DemoOrganisation,
  enterpriseId: EnterpriseId,
): Promise<AnalyticsScope[]> {
  const models = new Map<string, AnalyticsScope>();
  const reports = content.grants[organisation.key] ?? {};
  for (const [name, grants] of Object.entries(reports)) {
    const spec = ReportSpec.parse(content.readReport(name));
    for (const dataset of datasetsOf(spec)) {
      const model = DatasetModel.parse(content.readDataset(dataset));
      await domain.saveDataset({ enterpriseId, name: dataset, model });
      models.set(dataset, { enterpriseId, dataset: model });
    }
    const reportId = await saveReport(domain, organisation.key, name, enterpriseId, spec);
    await domain.folders.place(enterpriseId, reportId, await loadFolder(domain, enterpriseId, grants.folder));
    for (const level of ["view", "edit"] as const satisfies Level[]) {
      for (const grantee of grants[level]) {
        await domain.reports.grant(
          enterpriseId,
          reportId,
          toGrantee(grantee, organisation.departments, enterpriseId),
          level,
        );
      }
    }
  }
  return [...models.values()];
}

/** The last of folders that lie in each other; null without any. */
async function loadFolder(domain: Domain, enterpriseId: EnterpriseId, names: string[]): Promise<FolderId | null> {
  let parentId: FolderId | null = null;
  for (const name of names) parentId = await domain.folders.save(enterpriseId, { parentId, name });
  return parentId;
}

/** Builds the engine's databases, as the first query would. */
async function readIn(config: Config, datasets: AnalyticsScope[], log: Logger): Promise<void> {
  const analytics = createAnalytics({
    filesDir: join(config.dataDir, "files"),
    databaseDir: join(config.dataDir, "engine"),
    enginePath: config.enginePath,
    memoryLimit: "512MB",
    queryTimeoutMs: 30_000,
    concurrency: 1,
    log,
  });
  try {
    for (const scope of datasets) await analytics.prepare(scope);
  } finally {
    await analytics.close();
  }
}

function datasetsOf(spec: ReportSpec): Set<string> {
  return new Set(
    Object.values(spec.elements).flatMap((element) => ("query" in element ? [element.query.dataset] : [])),
  );
}

/** The same id at every start and in every clone: links to a demo report stay right. */
export function demoReportId(organisationKey: string, name: string): ReportId {
  const hex = createHash("sha256").update(`demo report ${organisationKey} ${name}`).digest("hex");
  return ReportId.parse(
    `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`,
  );
}

async function saveReport(
  domain: Domain,
  organisationKey: string,
  name: string,
  enterpriseId: EnterpriseId,
  spec: ReportSpec,
): Promise<ReportId> {
  const reportId = demoReportId(organisationKey, name);
  try {
    await domain.reports.save({ enterpriseId, reportId, spec, createdBy: null });
    return reportId;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "report_not_found")) throw error;
    return domain.reports.create({ enterpriseId, spec, createdBy: null, id: reportId });
  }
}

type Grantee = Parameters<Domain["reports"]["grant"]>[2];

function toGrantee(text: string, departments: DemoDepartment[], enterpriseId: EnterpriseId): Grantee {
  if (text === "everyone") return { kind: "enterprise", enterpriseId };
  const name = text.slice("department:".length);
  const department = departments.find((one) => one.name === name);
  if (!department) throw new Error(`The demo grants a report to "${name}", which is no department.`);
  return { kind: "department", deptId: department.deptId };
}
