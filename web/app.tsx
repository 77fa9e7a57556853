import { observer } from "mobx-react-lite";
import { lazy, Suspense, useEffect, type ComponentType } from "react";
import type { BrowserSessionStore } from "../client/stores/session/browser-session";
import { AppProvider, type AppParts } from "./app-context";
import { FailurePage } from "./components/failure-page";
import { Starting } from "./components/sign-in/starting";
import { ArrivalNotice } from "./components/sign-in/arrival-notice";
import { KeptInsideHint } from "./components/sign-in/kept-inside";
import { HAND_OFF_PATH, OAUTH_RETURN_PATH, PC_PATH } from "./entry";
import { usePath } from "./router";
import { SignedIn } from "./signed-in";

const HandOffPage = lazy(() => import("./pages/hand-off").then((module) => ({ default: module.HandOffPage })));
const OAuthReturnPage = lazy(() =>
  import("./pages/oauth-return").then((module) => ({ default: module.OAuthReturnPage })),
);
const PcPage = lazy(() => import("./pages/pc").then((module) => ({ default: module.PcPage })));
const SetupPage = lazy(() => import("./pages/setup").then((module) => ({ default: module.SetupPage })));
const SignInPage = lazy(() => import("./pages/sign-in").then((module) => ({ default: module.SignInPage })));

/** Shows the page that belongs to the session's state. */
const Screen = observer(function Screen({ session }: { session: BrowserSessionStore }) {
  const { state } = session;
  if (state.kind === "starting") return <Starting />;
  if (state.kind === "unknown") {
    return <FailurePage error={state.error} retry={() => void session.start()} />;
  }
  if (state.kind === "ready") {
    return (
      <>
        <ArrivalNotice />
        <KeptInsideHint />
        <SignedIn me={state.me} />
      </>
    );
  }
  return <Suspense fallback={<Starting />}>{state.kind === "setup" ? <SetupPage /> : <SignInPage />}</Suspense>;
});

const ENTRIES: Record<string, ComponentType | undefined> = {
  [PC_PATH]: PcPage,
  [HAND_OFF_PATH]: HandOffPage,
  [OAUTH_RETURN_PATH]: OAuthReturnPage,
};

/** The pages that sign in on their own terms stand before the session. */
function Door({ session }: { session: BrowserSessionStore }) {
  const EntryPage = ENTRIES[usePath()];
  if (!EntryPage) return <Screen session={session} />;
  return (
    <Suspense fallback={<Starting />}>
      <EntryPage />
    </Suspense>
  );
}

/** The whole web application. */
export const App = observer(function App({ parts }: { parts: AppParts }) {
  const { current } = parts.language;

  useEffect(() => {
    document.documentElement.lang = current;
  }, [current]);

  return (
    <AppProvider value={parts}>
      <Door session={parts.session} />
    </AppProvider>
  );
});
