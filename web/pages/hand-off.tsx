import "./pc.css";
import { observer } from "mobx-react-lite";
import { lazy, Suspense, useEffect, useState } from "react";
import { HandOffStore } from "../../client/stores/session/hand-off";
import { errorText } from "../../client/text/text";
import { useApp } from "../app-context";
import { EntryFrame } from "../components/sign-in/entry-frame";
import { FailurePage } from "../components/failure-page";
import { Starting } from "../components/sign-in/starting";
import { whenSeen } from "../seen";
import { tellArrivedInside } from "../tabs";
import { usePcWords } from "../text/pc";

const SignInPage = lazy(() => import("./sign-in").then((module) => ({ default: module.SignInPage })));

function useHandOff(): HandOffStore {
  const { call, session, launch, arrival, entry, environment, leave } = useApp();
  const [store] = useState(
    () =>
      new HandOffStore({
        ...{ call, session, launch, arrival, whenSeen, tellArrivedInside, leave },
        ticket: entry.ticket,
        target: entry.target,
        insideDingTalk: environment.insideDingTalk,
      }),
  );
  useEffect(() => void store.start(), [store]);
  return store;
}

const OtherUser = observer(function OtherUser({ store, name }: { store: HandOffStore; name: string | null }) {
  const { texts } = useApp();
  const words = usePcWords();
  return (
    <EntryFrame
      title={name === null ? words.lastUser : texts.errors.hand_off_other_user.title}
      hint={name === null ? words.lastUserHint : words.otherUser(name)}
    >
      <div className="entry-actions">
        <button
          type="button"
          className="button button-primary"
          disabled={store.busy}
          onClick={() => void store.replace()}
        >
          {name === null ? words.useDingTalk : words.replace}
        </button>
        <button type="button" className="button" onClick={() => store.keep()}>
          {name === null ? words.signInOtherwise : words.keep(name)}
        </button>
      </div>
    </EntryFrame>
  );
});

/** The link is of no use: whoever is signed in goes on, everybody else signs in as usual. */
const Spent = observer(function Spent({ store, name }: { store: HandOffStore; name: string | null }) {
  const { texts } = useApp();
  const words = usePcWords();
  const { title, advice } = errorText(texts, { code: "hand_off_spent" });
  if (name === null) {
    return (
      <Suspense fallback={<Starting />}>
        <SignInPage notice={{ title, advice }} submit={(login, password) => void store.signIn(login, password)} />
      </Suspense>
    );
  }
  return (
    <EntryFrame title={title} hint={advice}>
      <div className="entry-actions">
        <button type="button" className="button button-primary" onClick={() => store.keep()}>
          {words.continueAs(name)}
        </button>
      </div>
    </EntryFrame>
  );
});

/** `/hand-off#ticket`: what the Workbench began goes on in this browser. */
export const HandOffPage = observer(function HandOffPage() {
  const store = useHandOff();
  const { state } = store;
  switch (state.kind) {
    case "starting":
      return <Starting />;
    case "failed":
      return <FailurePage error={state.error} retry={() => void store.start()} />;
    case "otherUser":
      return <OtherUser store={store} name={state.name} />;
    case "spent":
      return <Spent store={store} name={state.name} />;
  }
});
