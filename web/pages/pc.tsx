import "./pc.css";
import { observer } from "mobx-react-lite";
import { lazy, Suspense, useEffect, useState } from "react";
import { PcStartStore, type PcStartParts } from "../../client/stores/session/pc-start";
import { useApp } from "../app-context";
import { EntryFrame } from "../components/sign-in/entry-frame";
import { FailurePage } from "../components/failure-page";
import { Starting } from "../components/sign-in/starting";
import { attempt } from "../entry";
import { onArrivedInside } from "../tabs";
import { usePcWords } from "../text/pc";

const BindForm = lazy(() => import("../components/sign-in/bind-form").then((module) => ({ default: module.BindForm })));

function usePcStart(): PcStartStore {
  const { call, session, launch, entry, environment, dingtalk, leave } = useApp();
  const [store] = useState(() => {
    const { requestAuthCode, openLink } = dingtalk;
    const parts: PcStartParts = {
      ...{ call, session, launch, environment, requestAuthCode, openLink, attempt, leave },
      corpId: entry.corpId,
      givenCode: entry.code,
      target: entry.target,
    };
    return new PcStartStore(parts);
  });
  useEffect(() => {
    void store.start();
    return onArrivedInside(() => store.arrivedInside());
  }, [store]);
  return store;
}

const Continued = observer(function Continued({ store, failed }: { store: PcStartStore; failed: boolean }) {
  const { dingtalk } = useApp();
  const words = usePcWords();
  return (
    <EntryFrame
      title={failed ? words.openFailed : words.continued}
      hint={failed ? words.openFailedHint : words.continuedHint}
    >
      <div className="entry-actions" role="status">
        <button
          type="button"
          className="button button-primary"
          disabled={store.busy}
          onClick={() => void store.openAgain()}
        >
          {words.openAgain}
        </button>
        <button type="button" className="button" onClick={() => store.stay()}>
          {words.stayHere}
        </button>
        <button type="button" className="button button-plain" onClick={() => void dingtalk.closePage()}>
          {words.closePage}
        </button>
      </div>
    </EntryFrame>
  );
});

const KeptInside = observer(function KeptInside({ store }: { store: PcStartStore }) {
  const { dingtalk } = useApp();
  const words = usePcWords();
  return (
    <EntryFrame title={words.keptInside} hint={words.keptInsideHint}>
      <div className="entry-actions" role="status">
        <button type="button" className="button button-primary" onClick={() => void dingtalk.closePage()}>
          {words.closePage}
        </button>
        <button type="button" className="button" onClick={() => store.stay()}>
          {words.stayHere}
        </button>
      </div>
    </EntryFrame>
  );
});

/** `/pc`: the app opened on a PC. Signs in by DingTalk, then stays here or continues in the system browser. */
export const PcPage = observer(function PcPage() {
  const store = usePcStart();
  const { state } = store;
  switch (state.kind) {
    case "starting":
      return <Starting />;
    case "failed":
      return <FailurePage error={state.error} retry={() => void store.start()} />;
    case "notBound":
      return (
        <Suspense fallback={<Starting />}>
          <BindForm store={store} detail={state.detail} />
        </Suspense>
      );
    case "continued":
      return <Continued store={store} failed={state.failed} />;
    case "keptInside":
      return <KeptInside store={store} />;
  }
});
