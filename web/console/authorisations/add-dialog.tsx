import { Modal, Steps } from "antd";
import { observer } from "mobx-react-lite";
import type { EnterpriseList } from "../../../client/api/enterprise";
import type { AuthoriseStore } from "../../../client/stores/enterprise/authorise";
import { useAuthorisationWords } from "../text/authorisation";
import { ActivateStep } from "./activate-step";
import { CorpStep } from "./corp-step";
import { SyncStep } from "./sync-step";

const ORDER = ["activate", "corp", "sync"] as const;

/** Add New Authorization, step by step. Closing it keeps what was typed. */
export const AddDialog = observer(function AddDialog({
  store,
  list,
  open,
  close,
}: {
  store: AuthoriseStore;
  list: EnterpriseList;
  open: boolean;
  close: () => void;
}) {
  const words = useAuthorisationWords();
  return (
    <Modal open={open} onCancel={close} footer={null} title={words.dialogTitle} width={720} mask={{ closable: false }}>
      <Steps
        size="small"
        current={ORDER.indexOf(store.step)}
        items={ORDER.map((step) => ({ title: words.steps[step] }))}
        className="console-steps"
      />
      {store.step === "activate" && <ActivateStep store={store} list={list} />}
      {store.step === "corp" && <CorpStep store={store} />}
      {store.step === "sync" && <SyncStep store={store} close={close} />}
    </Modal>
  );
});
