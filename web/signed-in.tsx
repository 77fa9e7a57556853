import { Button, Dropdown, Empty } from "antd";
import { observer } from "mobx-react-lite";
import { lazy, Suspense } from "react";
import { BrowserRouter, Route, Routes } from "react-router";
import type { Me } from "../core/contract/session";
import { useApp } from "./app-context";
import { LanguageButton } from "./components/language-button";
import { Mark } from "./components/mark";
import { Starting } from "./components/starting";

const ReportsPage = lazy(() => import("./pages/reports").then((module) => ({ default: module.ReportsPage })));

const EnterpriseChoice = observer(function EnterpriseChoice({ me }: { me: Me }) {
  const { session, words } = useApp();
  if (!me.enterprise) return null;
  if (me.enterprises.length < 2) return <span className="bar-enterprise">{me.enterprise.name}</span>;
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        selectedKeys: [me.enterprise.id],
        items: me.enterprises.map((enterprise) => ({ key: enterprise.id, label: enterprise.name })),
        onClick: ({ key }) => void session.choose(key),
      }}
    >
      <Button type="text" aria-label={words.enterprise}>
        {me.enterprise.name}
      </Button>
    </Dropdown>
  );
});

const AccountMenu = observer(function AccountMenu({ me }: { me: Me }) {
  const { session, texts, words } = useApp();
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: [{ key: "signOut", label: texts.me.signOut }],
        onClick: () => void session.signOut(),
      }}
    >
      <Button type="text" aria-label={`${words.account}: ${me.user.name}`}>
        {me.user.name}
      </Button>
    </Dropdown>
  );
});

const NoEnterprise = observer(function NoEnterprise() {
  const { words } = useApp();
  return (
    <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={words.noEnterprise}>
      <span className="report-note">{words.noEnterpriseHint}</span>
    </Empty>
  );
});

/** Everything behind sign-in: the bar, and one route a page, each loaded when it is first opened. */
export const SignedIn = observer(function SignedIn({ me }: { me: Me }) {
  const { texts } = useApp();
  return (
    <BrowserRouter>
      <header className="bar">
        <Mark size={28} />
        <span className="bar-name">{texts.productName}</span>
        <span className="bar-space" />
        <EnterpriseChoice me={me} />
        <LanguageButton />
        <AccountMenu me={me} />
      </header>
      <main className="page">
        {me.enterprise ? (
          <Suspense fallback={<Starting />}>
            <Routes>
              <Route path="*" element={<ReportsPage key={me.enterprise.id} />} />
            </Routes>
          </Suspense>
        ) : (
          <NoEnterprise />
        )}
      </main>
    </BrowserRouter>
  );
});
