import { observer } from "mobx-react-lite";
import { lazy, Suspense } from "react";
import type { Me } from "../core/contract/session";
import { useApp } from "./app-context";
import { LanguageButton } from "./components/language-button";
import { Mark } from "./components/mark";
import { Menu } from "./components/menu";
import { Notice } from "./components/notice";
import { Starting } from "./components/starting";
import { Link, usePath } from "./router";
import { usePcWords } from "./text/pc";

const ReportsPage = lazy(() => import("./pages/reports").then((module) => ({ default: module.ReportsPage })));
const ReportPage = lazy(() => import("./pages/report").then((module) => ({ default: module.ReportPage })));

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
        run: () => void session.choose(id),
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
  return (
    <Menu
      label={`${words.account}: ${me.user.name}`}
      items={[...browser, { key: "signOut", label: texts.me.signOut, run: () => void session.signOut() }]}
    >
      <span className="avatar" aria-hidden="true" data-initials={me.user.name.slice(-2)} />
      <span className="bar-person">{me.user.name}</span>
    </Menu>
  );
});

/** The page that an address names. */
function Page() {
  const path = usePath();
  const [, reportId] = /^\/r\/([^/]+)\/?$/.exec(path) ?? [];
  return reportId ? <ReportPage key={reportId} reportId={decodeURIComponent(reportId)} /> : <ReportsPage />;
}

/** Everything behind sign-in: the bar, and one page an address, each loaded when it is first opened. */
export const SignedIn = observer(function SignedIn({ me }: { me: Me }) {
  const { texts, words } = useApp();
  return (
    <>
      <header className="bar">
        <Link href="/" className="bar-home">
          <Mark size={28} />
          <span className="bar-name">{texts.productName}</span>
        </Link>
        <span className="bar-space" />
        <EnterpriseChoice me={me} />
        <LanguageButton />
        <AccountMenu me={me} />
      </header>
      {me.enterprise ? (
        <Suspense fallback={<Starting />} key={me.enterprise.id}>
          <Page />
        </Suspense>
      ) : (
        <main className="page">
          <Notice whole title={words.noEnterprise} advice={words.noEnterpriseHint} />
        </main>
      )}
    </>
  );
});
