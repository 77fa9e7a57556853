import "./dingtalk.css";
import { observer } from "mobx-react-lite";
import { useId, useState } from "react";
import type { EnterpriseChoice } from "../../../client/api/oauth-sign-in";
import { OAuthSignInStore } from "../../../client/stores/session/oauth";
import { useApp } from "../../app-context";
import { isEntryPath } from "../../entry";
import { browserStorage } from "../../storage";
import { useDingTalkSignInWords } from "../../text/dingtalk-sign-in";
import { wanted } from "../../wanted";
import { Form } from "../form";
import { FormError } from "../form-error";

function useOAuthSignIn(): OAuthSignInStore {
  const { call, entry, environment, door } = useApp();
  const [store] = useState(() => {
    const leaveFor = (url: string): void => {
      wanted.keep(isEntryPath(location.pathname) ? entry.target : location.pathname + location.search);
      location.assign(url);
    };
    const parts = { call, storage: browserStorage, corpId: entry.corpId, leaveFor };
    // Inside DingTalk the client itself knows who it is, once the enterprise is known.
    return new OAuthSignInStore(
      environment.insideDingTalk ? { ...parts, instead: (corpId) => door.wayFor(corpId) } : parts,
    );
  });
  return store;
}

const Choice = observer(function Choice({
  store,
  enterprises,
}: {
  store: OAuthSignInStore;
  enterprises: EnterpriseChoice[];
}) {
  const { environment, texts } = useApp();
  const words = useDingTalkSignInWords();
  const heading = useId();
  const [named, setNamed] = useState(enterprises.length === 0);
  return (
    <section className="enterprise-choice" aria-labelledby={heading}>
      <h2 id={heading}>{words.choose}</h2>
      {enterprises.map(({ corpId, name }, index) => (
        <button
          key={corpId}
          type="button"
          className="button"
          autoFocus={index === 0}
          aria-disabled={store.busy}
          onClick={() => void store.begin(corpId)}
        >
          {name}
        </button>
      ))}
      {named ? (
        <>
          <Form
            fields={[{ name: "corpId", label: words.corpId, autoComplete: "off", missing: words.corpIdMissing }]}
            error={store.error}
            busy={store.busy}
            action={environment.insideDingTalk ? texts.signIn.signIn : words.next}
            submit={({ corpId }) => void store.begin(corpId)}
          />
          <p className="quiet">{words.corpIdHint}</p>
        </>
      ) : (
        <>
          <FormError error={store.error} />
          <button type="button" className="button button-plain" onClick={() => setNamed(true)}>
            {words.other}
          </button>
        </>
      )}
    </section>
  );
});

/**
 * "Sign in with DingTalk" where the enterprise is not known: it comes first, then DingTalk's own page with its QR code, or,
 * inside DingTalk, the client.
 */
export const DingTalkSignIn = observer(function DingTalkSignIn() {
  const { environment, door, texts } = useApp();
  const words = useDingTalkSignInWords();
  const store = useOAuthSignIn();
  if (door.open) return null;
  if (store.state.kind === "choosing") return <Choice store={store} enterprises={store.state.enterprises} />;
  return (
    <button
      type="button"
      className="button entry-other"
      aria-busy={store.state.kind === "opening"}
      onClick={() => void store.open()}
    >
      {environment.insideDingTalk ? texts.signIn.signIn : words.scan}
    </button>
  );
});
