import { observer } from "mobx-react-lite";
import { lazy, Suspense } from "react";
import type { Me } from "../core/contract/session/session";
import { decoded } from "../core/decoded";
import { useApp } from "./app-context";
import { LanguageButton } from "./components/language-button";
import { Mark } from "./components/mark";
import { Menu } from "./components/menu";
import { Notice } from "./components/notice";
import { Starting } from "./components/sign-in/starting";
import { administers, worksWithData } from "./rights";
import { Link, mayLeave, navigate, usePath } from "./router";
import { usePcWords } from "./text/pc";

const ReportsPage = lazy(() => import("./pages/reports").then((module) => ({ default: module.ReportsPage })));
const Console = lazy(() => import("./console/console").then((module) => ({ default: module.Console })));
const ReportPage = lazy(() => import("./pages/report").then((module) => ({ default: module.ReportPage })));
const EditorPage = lazy(() => import("./editor/page").then((module) => ({ default: module.EditorPage })));

/** Does what takes the page away, once nothing on it is lost by that. */
async function leaving(work: () => Promise<unknown>): Promise<void> {
  if (await mayLeave()) await work();
}

const EnterpriseChoice = observer(function EnterpriseChoice({ me }: { me: Me }) {
  const { session, words } = useApp();
  const { enterprise } = me;
  if (!enterprise) return null;
  if (me.enterprises.length < 2) return <span className="bar-enterprise">{enterprise.name}</span>;
  return (
    <Menu
      label={`${words.enterprise}: ${enterprise.name}`}
      items={me.enterprises.map(({ id, name }) => ({
        key: id,
        label: name,
        checked: id === enterprise.id,
        run: () => void leaving(() => session.choose(id)),
      }))}
    >
      {enterprise.name} <span aria-hidden="true">▾</span>
    </Menu>
  );
});

const AccountMenu = observer(function AccountMenu({ me }: { me: Me }) {
  const { session, texts, words, launch, door } = useApp();
  const { tryBrowser } = usePcWords();
  const browser = launch.mayTryBrowser
    ? [{ key: "tryBrowser", label: tryBrowser, run: () => void door.tryBrowser() }]
    : [];
  const pages = [
    ...(administers(me) ? [{ key: "console", label: words.console, run: () => navigate("/console") }] : []),
    ...(!administers(me) && worksWithData(me)
      ? [{ key: "data", label: words.data, run: () => navigate("/console/sources") }]
      : []),
    { key: "personal", label: words.personal, run: () => navigate("/console/personal") },
  ];
  return (
    <Menu
      label={`${words.account}: ${me.user.name}`}
      items={[
        ...pages,
        ...browser,
        { key: "signOut", label: texts.me.signOut, run: () => void leaving(() => session.signOut()) },
      ]}
    >
      <span className="avatar" aria-hidden="true" data-initials={me.user.name.slice(-2)} />
      <span className="bar-person">{me.user.name}</span>
    </Menu>
  );
});

const isConsole = (path: string): boolean => /^\/console(\/|$)/.test(path);

/** The page that an address names. */
const Page = observer(function Page({ me }: { me: Me }) {
  const { words } = useApp();
  const path = usePath();
  if (isConsole(path)) return <Console me={me} />;
  if (!me.enterprise) {
    return (
      <main className="page">
        <Notice whole title={words.noEnterprise} advice={words.noEnterpriseHint}>
          {me.instanceOwner && (
            <Link href="/console" className="button button-primary">
              {words.console}
            </Link>
          )}
        </Notice>
      </main>
    );
  }
  const [, named, edited] = /^\/r\/([^/]+)(\/edit)?\/?$/.exec(path) ?? [];
  if (!named) return <ReportsPage me={me} />;
  const reportId = decoded(named);
  if (edited) return <EditorPage key={reportId} reportId={reportId} me={me} />;
  return <ReportPage key={reportId} reportId={reportId} />;
});

/** Everything behind sign-in: the bar, and one page an address, each loaded when it is first opened. */
export const SignedIn = observer(function SignedIn({ me }: { me: Me }) {
  const { texts } = useApp();
  return (
    <>
      <header className="bar">
        <Link href="/" className="bar-home" aria-label={texts.productName}>
          <Mark size={28} />
          <span className="bar-name">{texts.productName}</span>
        </Link>
        <span className="bar-space" />
        <EnterpriseChoice me={me} />
        <LanguageButton />
        <AccountMenu me={me} />
      </header>
      <Suspense fallback={<Starting />} key={me.enterprise?.id ?? ""}>
        <Page me={me} />
      </Suspense>
    </>
  );
});
