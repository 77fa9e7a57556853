import { observer } from "mobx-react-lite";
import { useEffect, useState } from "react";
import { OAuthReturnStore } from "../../client/stores/session/oauth-return";
import { useApp } from "../app-context";
import { BindForm } from "../components/sign-in/bind-form";
import { FailurePage } from "../components/failure-page";
import { Starting } from "../components/sign-in/starting";
import { navigate } from "../router";
import { browserStorage } from "../storage";
import { wanted } from "../wanted";

/** Where DingTalk's sign-in page leads back to. */
export const OAuthReturnPage = observer(function OAuthReturnPage() {
  const { call, session, entry } = useApp();
  const [store] = useState(
    () =>
      new OAuthReturnStore({
        ...{ call, session, storage: browserStorage },
        back: entry.oauth,
        target: wanted.read(),
        leave: (target) => navigate(target, { replace: true }),
      }),
  );
  useEffect(() => void store.start(), [store]);
  const { state } = store;
  switch (state.kind) {
    case "starting":
      return <Starting />;
    case "failed":
      return <FailurePage error={state.error} retry={() => store.again()} />;
    case "notBound":
      return <BindForm store={store} detail={state.detail} />;
  }
});
