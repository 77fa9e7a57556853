import { observer } from "mobx-react-lite";
import type { NotBoundDetail } from "../../../core/contract/error";
import type { PcStartStore } from "../../../client/stores/session/pc-start";
import { useApp } from "../../app-context";
import { accountFields } from "./account-fields";
import { EntryFrame } from "./entry-frame";
import { Form } from "../form";

/** Binds the DingTalk member who opened the page to a local account. */
export const BindForm = observer(function BindForm({
  store,
  detail,
}: {
  store: Pick<PcStartStore, "bind" | "busy" | "error">;
  detail: NotBoundDetail;
}) {
  const { texts, words, language } = useApp();
  const names = detail.administrators.join(language.current === "zh-CN" ? "、" : ", ");
  return (
    <EntryFrame title={texts.bind.title} hint={texts.bind.intro(detail.memberName, detail.enterpriseName)}>
      <Form
        fields={accountFields(words)}
        error={store.error}
        busy={store.busy}
        action={store.busy ? texts.bind.sending : texts.bind.submit}
        submit={({ login, password }) => void store.bind(login, password)}
      />
      {names && <p className="quiet bind-ask">{texts.bind.ask(names)}</p>}
    </EntryFrame>
  );
});
