import { ConfigProvider, theme } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { observer } from "mobx-react-lite";
import { useEffect } from "react";
import type { BrowserSessionStore } from "../client/stores/browser-session";
import { AppProvider, type AppParts } from "./app-context";
import { FailurePanel } from "./components/failure-panel";
import { Starting } from "./components/starting";
import { SetupPage } from "./pages/setup";
import { SignInPage } from "./pages/sign-in";
import { SignedIn } from "./signed-in";
import { useDark } from "./use-dark";

/** Shows the page that belongs to the session's state. */
const Screen = observer(function Screen({ session }: { session: BrowserSessionStore }) {
  const { state } = session;
  if (state.kind === "starting") return <Starting />;
  if (state.kind === "unknown") {
    return (
      <main className="centre">
        <FailurePanel error={state.error} retry={() => void session.start()} />
      </main>
    );
  }
  if (state.kind === "setup") return <SetupPage />;
  if (state.kind === "signedOut") return <SignInPage />;
  return <SignedIn me={state.me} />;
});

/** The whole web application: language, theme, session. */
export const App = observer(function App({ parts }: { parts: AppParts }) {
  const { current, texts } = parts.language;
  const dark = useDark();

  useEffect(() => {
    document.documentElement.lang = current;
    document.title = texts.productName;
  }, [current, texts]);

  return (
    <ConfigProvider
      locale={current === "zh-CN" ? zhCN : enUS}
      theme={{
        algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
        token: { colorPrimary: "#1677ff", borderRadius: 8, controlHeight: 40, fontSize: 15 },
      }}
    >
      <AppProvider value={parts}>
        <Screen session={parts.session} />
      </AppProvider>
    </ConfigProvider>
  );
});
