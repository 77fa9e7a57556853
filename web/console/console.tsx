import "./console.css";
import { App, ConfigProvider, Empty, Result, Select, theme } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { observer } from "mobx-react-lite";
import type { EnterpriseCard } from "../../core/contract/enterprise";
import type { Me } from "../../core/contract/session";
import { listEnterprises } from "../../client/api/enterprise";
import { useApp } from "../app-context";
import { Link, setQuery, usePath, useQuery } from "../router";
import { useDark } from "../use-dark";
import { AuthorisationsPage } from "./authorisations/page";
import { Loaded, useResource } from "./page";
import { PeoplePage } from "./people/page";
import { PersonalPage } from "./personal/page";
import { AuditPage } from "./records/audit-page";
import { CheckPage } from "./records/check-page";
import { QuotaPage } from "./records/quota-page";
import type { SectionProps } from "./section";
import { SettingsPage } from "./settings/page";
import { useShellWords } from "./text/shell";

const BASE = "/console";
type Section = "enterprises" | "members" | "settings" | "quota" | "check" | "audit" | "personal";
const OF_ENTERPRISE: Section[] = ["members", "settings", "quota", "check", "audit"];

/** The administrator's console, and everybody's personal settings. */
export const Console = observer(function Console({ me }: { me: Me }) {
  const { language } = useApp();
  const dark = useDark();
  const path = usePath();
  const administers = me.instanceOwner || me.role === "administrator";
  const section = sectionOf(path, administers);
  return (
    <ConfigProvider
      locale={language.current === "zh-CN" ? zhCN : enUS}
      theme={{
        algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
        token: { colorPrimary: "#0958d9", borderRadius: 8, controlHeight: 36 },
      }}
    >
      <App className="console">
        <Sections section={section} administers={administers} />
        {section === "personal" ? <PersonalPage me={me} /> : <Administration section={section} me={me} />}
      </App>
    </ConfigProvider>
  );
});

function sectionOf(path: string, administers: boolean): Section {
  const [, name = ""] = /^\/console\/?([a-z]*)/.exec(path) ?? [];
  const known = [...OF_ENTERPRISE, "enterprises", "personal"] as Section[];
  return known.find((each) => each === name) ?? (administers ? "enterprises" : "personal");
}

const Sections = observer(function Sections({ section, administers }: { section: Section; administers: boolean }) {
  const words = useShellWords();
  const enterprise = useQuery("enterprise");
  const sections: Section[] = administers ? ["enterprises", ...OF_ENTERPRISE, "personal"] : ["personal"];
  const query = enterprise ? `?enterprise=${encodeURIComponent(enterprise)}` : "";
  return (
    <nav className="console-nav" aria-label={words.console}>
      <Link href="/">← {words.reader}</Link>
      {sections.map((each) => (
        <Link key={each} href={`${BASE}/${each}${query}`} aria-current={each === section ? "page" : undefined}>
          {words[each]}
        </Link>
      ))}
    </nav>
  );
});

const Administration = observer(function Administration({ section, me }: { section: Section; me: Me }) {
  const words = useShellWords();
  const administers = me.instanceOwner || me.role === "administrator";
  if (!administers) return <Result status="403" title={words.noRight} subTitle={words.noRightHint} />;
  return section === "enterprises" ? <AuthorisationsPage /> : <OfEnterprise section={section} me={me} />;
});

/** A page about one enterprise: the one that the address names, or the session's, or the first. */
const OfEnterprise = observer(function OfEnterprise({ section, me }: { section: Section; me: Me }) {
  const { call } = useApp();
  const words = useShellWords();
  const wanted = useQuery("enterprise");
  const list = useResource(() => listEnterprises(call), "");
  return (
    <Loaded resource={list}>
      {({ enterprises }) => {
        const mine = enterprises.filter(({ mayEdit, state }) => mayEdit && state !== "revoked");
        const chosen =
          mine.find(({ id }) => id === wanted) ?? mine.find(({ id }) => id === me.enterprise?.id) ?? mine[0];
        if (!chosen) {
          return (
            <main className="console-page">
              <Empty
                description={
                  <>
                    {words.noEnterprise}
                    <br />
                    {words.noEnterpriseHint}
                  </>
                }
              />
            </main>
          );
        }
        return (
          <EnterpriseSection
            key={chosen.id}
            section={section}
            enterprise={chosen}
            choice={<EnterpriseChoice enterprises={mine} chosen={chosen} />}
            changed={() => void list.load()}
          />
        );
      }}
    </Loaded>
  );
});

const EnterpriseChoice = observer(function EnterpriseChoice({
  enterprises,
  chosen,
}: {
  enterprises: EnterpriseCard[];
  chosen: EnterpriseCard;
}) {
  const words = useShellWords();
  if (enterprises.length < 2) return <strong>{chosen.name}</strong>;
  return (
    <Select
      aria-label={words.thisEnterprise}
      className="console-choice"
      value={chosen.id as string}
      options={enterprises.map(({ id, name }) => ({ value: id as string, label: name }))}
      onChange={(enterprise: string) => setQuery({ enterprise })}
    />
  );
});

function EnterpriseSection({ section, ...props }: SectionProps & { section: Section }) {
  switch (section) {
    case "settings":
      return <SettingsPage {...props} />;
    case "quota":
      return <QuotaPage {...props} />;
    case "check":
      return <CheckPage {...props} />;
    case "audit":
      return <AuditPage {...props} />;
    default:
      return <PeoplePage {...props} />;
  }
}
