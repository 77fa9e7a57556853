import type { Language } from "../../../core/report/format";
import { MeStore } from "../../../client/stores/session/me";
import { confirm, setTitle, toast } from "../../dingtalk/client";
import { storePage } from "../../dingtalk/store-page";
import { errorText } from "../../../client/text/text";
import { toApiError } from "../../../client/api/error";
import { gateView, passGate } from "../../gate";
import { parts } from "../../parts";

async function signOut(store: MeStore): Promise<void> {
  const { me } = parts().language.texts;
  const yes = await confirm({ title: me.signOut, content: me.signOutQuestion, yes: me.signOut, no: me.cancel });
  if (yes) await store.signOut();
}

async function chooseEnterprise(store: MeStore, id: string): Promise<void> {
  try {
    await store.chooseEnterprise(id);
  } catch (thrown) {
    toast(errorText(parts().language.texts, toApiError(thrown)).title);
  }
}

storePage({
  createStore: () => new MeStore(parts()),
  view: (store) => {
    const { switchEnterprise, language, signOut: signOutText } = parts().language.texts.me;
    return { gate: gateView(), me: store.view, t: { switchEnterprise, language, signOut: signOutText } };
  },
  shown: () => setTitle(parts().language.texts.me.title),
  handlers: {
    passGate: (_store, kind: string) => passGate(kind),
    chooseLanguage: (store, event: DingTalk.Event) => {
      store.chooseLanguage(event.currentTarget.dataset["language"] as Language);
      setTitle(parts().language.texts.me.title);
    },
    chooseEnterprise: (store, event: DingTalk.Event) =>
      void chooseEnterprise(store, String(event.currentTarget.dataset["id"])),
    signOut: (store) => void signOut(store),
  },
});
