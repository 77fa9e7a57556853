import { BindStore } from "../../../client/stores/bind";
import { navigateBack, setTitle } from "../../dingtalk/client";
import { storePage } from "../../dingtalk/store-page";
import { parts } from "../../parts";

async function submit(store: BindStore): Promise<void> {
  await store.submit();
  if (store.view.kind === "done") navigateBack();
}

storePage({
  createStore: () => {
    const { transport, session, language, deviceName } = parts();
    return new BindStore({ transport, session, language, deviceName });
  },
  view: (store) => {
    const { bind, signIn } = parts().language.texts;
    const { title, login, loginHint, password, passwordHint, submit: submitText, sending } = bind;
    const t = { title, login, loginHint, password, passwordHint, submit: submitText, sending, retry: signIn.retry };
    return { bind: store.view, t };
  },
  open: () => setTitle(parts().language.texts.bind.title),
  handlers: {
    typeLogin: (store, event: DingTalk.Event<{ value: string }>) => store.typeLogin(event.detail.value),
    typePassword: (store, event: DingTalk.Event<{ value: string }>) => store.typePassword(event.detail.value),
    submit: (store) => void submit(store),
    again: () => {
      void parts().session.retry();
      navigateBack();
    },
  },
});
