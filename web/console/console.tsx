import "./console.css";
import { App, ConfigProvider, Empty, Result, Select, theme } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { observer } from "mobx-react-lite";
import { useEffect, useRef } from "react";
import type { EnterpriseCard } from "../../core/contract/enterprise/enterprise";
import type { Me } from "../../core/contract/session/session";
import { listEnterprises } from "../../client/api/enterprise";
import { useApp } from "../app-context";
import { Link, setQuery, usePath, useQuery } from "../router";
import { administers, worksWithData } from "../rights";
import { useDark } from "../use-media";
import { AuthorisationsPage } from "./authorisations/page";
import { DatasetsPage } from "./data/datasets/page";
import { FilesPage } from "./data/files/page";
import { SourcesPage } from "./data/sources/page";
import { Loaded, useResource } from "./page";
import { PeoplePage } from "./people/page";
import { PersonalPage } from "./personal/page";
import { AuditPage } from "./records/audit-page";
import { CheckPage } from "./records/check-page";
import { QuotaPage } from "./records/quota-page";
import { SlowPage } from "./records/slow-page";
import type { SectionProps } from "./section";
import { SettingsPage } from "./settings/page";
import { useShellWords } from "./text/shell";

const SHAPE = { borderRadius: 8, controlHeight: 36 };
/** Our own colours: the library's quiet texts and tags are too pale to be read by everybody (4.5:1). */
const LIGHT = {
  algorithm: theme.defaultAlgorithm,
  token: {
    ...SHAPE,
    ...quiet("#5f656e"),
    colorPrimary: "#0958d9",
    colorLink: "#0958d9",
    ...sign("Info", "#0958d9", "#e6f0ff"),
    ...sign("Success", "#237804", "#eefaf0"),
    ...sign("Warning", "#8a5300", "#fff4e0"),
    ...sign("Error", "#c9302c", "#fff1f0"),
  },
};
const DARK = {
  algorithm: theme.darkAlgorithm,
  token: {
    ...SHAPE,
    ...quiet("#a3a8b0"),
    colorPrimary: "#1668dc",
    colorLink: "#6ea8ff",
    ...sign("Info", "#8fbcff", "#1d2e4a"),
    ...sign("Success", "#4cc38a", "#14281d"),
    ...sign("Warning", "#f3c26b", "#33291a"),
    ...sign("Error", "#ff8078", "#341a19"),
  },
  components: {
    // White on a dark page's light red cannot be read.
    Button: { dangerColor: "#2b0d0c" },
    Radio: { colorPrimary: "#6ea8ff" },
    Tabs: { itemSelectedColor: "#6ea8ff", inkBarColor: "#6ea8ff" },
    Pagination: { itemActiveColor: "#6ea8ff" },
  },
};

function quiet(colour: string) {
  return {
    colorTextDescription: colour,
    colorTextSecondary: colour,
    colorTextTertiary: colour,
    colorTextPlaceholder: colour,
  };
}

function sign(name: "Info" | "Success" | "Warning" | "Error", colour: string, ground: string) {
  return { [`color${name}`]: colour, [`color${name}Bg`]: ground };
}

const BASE = "/console";
const OF_ENTERPRISE = ["members", "settings", "quota", "check", "audit", "slow"] as const;
/** About the data of the enterprise that the session acts in: for its editors too. */
const OF_DATA = ["sources", "files", "datasets"] as const;
type DataSection = (typeof OF_DATA)[number];
type Section = "enterprises" | "personal" | (typeof OF_ENTERPRISE)[number] | DataSection;

/** The administrator's console, and everybody's personal settings. */
export const Console = observer(function Console({ me }: { me: Me }) {
  const { language } = useApp();
  const look = useDark() ? DARK : LIGHT;
  const path = usePath();
  const sections = sectionsFor(me);
  const section = sectionOf(path, sections);
  return (
    <ConfigProvider
      locale={language.current === "zh-CN" ? zhCN : enUS}
      theme={look}
      button={{ autoInsertSpace: false }}
    >
      <App className="console">
        <Sections section={section} sections={sections} />
        <SectionPage section={section} allowed={sections.includes(section)} me={me} />
      </App>
    </ConfigProvider>
  );
});

function sectionsFor(me: Me): Section[] {
  const data = worksWithData(me) ? OF_DATA : [];
  return administers(me) ? ["enterprises", ...OF_ENTERPRISE, ...data, "personal"] : [...data, "personal"];
}

/** What the address names, allowed or not; else the first that is allowed. */
function sectionOf(path: string, allowed: Section[]): Section {
  const [, name = ""] = /^\/console\/?([a-z]*)/.exec(path) ?? [];
  const known: Section[] = ["enterprises", ...OF_ENTERPRISE, ...OF_DATA, "personal"];
  return known.find((each) => each === name) ?? allowed[0] ?? "personal";
}

const Sections = observer(function Sections({ section, sections }: { section: Section; sections: Section[] }) {
  const words = useShellWords();
  const enterprise = useQuery("enterprise");
  const query = enterprise ? `?enterprise=${encodeURIComponent(enterprise)}` : "";
  const nav = useRef<HTMLElement>(null);
  // On a phone the sections stand in a row that is wider than the screen: the one that is shown must be in sight.
  useEffect(() => {
    const row = nav.current;
    const here = row?.querySelector<HTMLElement>("[aria-current]");
    if (row && here) row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
  }, [section]);
  return (
    <nav ref={nav} className="console-nav" aria-label={words.console}>
      <Link href="/">← {words.reader}</Link>
      {sections.map((each) => (
        <Link key={each} href={`${BASE}/${each}${query}`} aria-current={each === section ? "page" : undefined}>
          {words[each]}
        </Link>
      ))}
    </nav>
  );
});

const SectionPage = observer(function SectionPage({
  section,
  allowed,
  me,
}: {
  section: Section;
  allowed: boolean;
  me: Me;
}) {
  const words = useShellWords();
  const data = OF_DATA.find((each) => each === section);
  if (!allowed) {
    return <Result status="403" title={words.noRight} subTitle={data ? words.noDataHint : words.noRightHint} />;
  }
  if (data) return <DataPage section={data} me={me} />;
  if (section === "personal") return <PersonalPage me={me} />;
  return section === "enterprises" ? <AuthorisationsPage /> : <OfEnterprise section={section} me={me} />;
});

function DataPage({ section, me }: { section: DataSection; me: Me }) {
  switch (section) {
    case "sources":
      return <SourcesPage />;
    case "files":
      return <FilesPage />;
    case "datasets":
      return <DatasetsPage me={me} />;
  }
}

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
    case "slow":
      return <SlowPage {...props} />;
    default:
      return <PeoplePage {...props} />;
  }
}
