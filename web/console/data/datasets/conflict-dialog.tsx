import { App, Button, Modal, Typography } from "antd";
import { observer } from "mobx-react-lite";
import type { DatasetEditor } from "../../../../client/stores/dataset/editor";
import { useDatasetWords } from "../../text/dataset";
import { Difference } from "./code-view";

/** Somebody else saved meanwhile: theirs is shown against mine, and one decides. */
export const ConflictDialog = observer(function ConflictDialog({ editor }: { editor: DatasetEditor }) {
  const words = useDatasetWords();
  const { message } = App.useApp();
  const { theirs, text } = editor;
  if (!theirs) return null;
  const overwrite = async (): Promise<void> => {
    if (await editor.overwrite()) message.success(words.saved(editor.saved.revision));
  };
  return (
    <Modal
      open
      width={900}
      title={words.conflictTitle}
      onCancel={() => editor.leaveTheirs()}
      footer={[
        <Button key="cancel" onClick={() => editor.leaveTheirs()}>
          {words.cancel}
        </Button>,
        <Button key="theirs" onClick={() => editor.takeTheirs()}>
          {words.takeTheirs}
        </Button>,
        <Button key="mine" danger onClick={() => void overwrite()}>
          {words.overwrite}
        </Button>,
      ]}
    >
      <Typography.Paragraph>
        {words.conflictText(theirs.updatedBy?.name ?? words.somebody, theirs.revision)}
      </Typography.Paragraph>
      <Difference before={theirs.text} after={text} label={words.conflictTitle} />
    </Modal>
  );
});
