import { BindStore } from "../../../client/stores/people/bind";
import { BindByLinkStore } from "../../../client/stores/people/bind-by-link";
import { navigateBack, setTitle, switchTab } from "../../dingtalk/client";
import { getAuthCode } from "../../dingtalk/identity";
import { storePage } from "../../dingtalk/store-page";
import { parts } from "../../parts";

/** With the password of a local account, or by the link that the account's owner shows on a computer. */
interface Ways {
  form: BindStore;
  link: BindByLinkStore;
}

async function submit({ form }: Ways): Promise<void> {
  await form.submit();
  if (form.view.kind === "done") navigateBack();
}

async function answer({ link }: Ways, accept: boolean): Promise<void> {
  await link.answer(accept);
  if (link.view.kind === "done") showReports();
}

function showReports(): void {
  switchTab("/pages/reports/reports");
}

/** A link opens this page alone, so there is none to go back to. Whoever is not signed in after all may be by now. */
function leaveLink(): void {
  const { session } = parts();
  if (session.state.kind !== "ready") void session.retry();
  showReports();
}

storePage<Ways>({
  createStore: (query) => {
    const { transport, session, language, corpId, deviceName } = parts();
    const shared = { transport, session, language, deviceName };
    const token = query["link"] ?? null;
    return { form: new BindStore(shared), link: new BindByLinkStore({ ...shared, token, corpId, getAuthCode }) };
  },
  view: ({ form, link }) => {
    const { bind, signIn } = parts().language.texts;
    const { title, login, loginHint, password, passwordHint, submit: submitText, sending } = bind;
    const t = { title, login, loginHint, password, passwordHint, submit: submitText, sending, retry: signIn.retry };
    return { bind: form.view, link: link.view, t };
  },
  open: ({ link }) => {
    setTitle(parts().language.texts.bind.title);
    void link.open();
  },
  handlers: {
    typeLogin: ({ form }, event: DingTalk.Event<{ value: string }>) => form.typeLogin(event.detail.value),
    typePassword: ({ form }, event: DingTalk.Event<{ value: string }>) => form.typePassword(event.detail.value),
    submit: (ways) => void submit(ways),
    again: () => {
      void parts().session.retry();
      navigateBack();
    },
    accept: (ways) => void answer(ways, true),
    refuse: (ways) => void answer(ways, false),
    passLink: ({ link }) => {
      if (!link.retry()) leaveLink();
    },
  },
});
