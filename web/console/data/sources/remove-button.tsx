import { App, Button } from "antd";
import { observer } from "mobx-react-lite";
import { useShellWords } from "../../text/shell";

/** Asks before something is removed; says who needs it instead, while there is somebody. */
export const RemoveButton = observer(function RemoveButton({
  label,
  name,
  title,
  hint,
  refusal,
  remove,
}: {
  label: string;
  name: string;
  title: string;
  hint: string;
  refusal: string | null;
  remove: () => Promise<void>;
}) {
  const shell = useShellWords();
  const { modal } = App.useApp();
  const ask = (): void => {
    if (refusal !== null) modal.warning({ title, content: refusal, okText: shell.close });
    else {
      modal.confirm({
        title,
        content: hint,
        okText: label,
        okButtonProps: { danger: true },
        cancelText: shell.cancel,
        onOk: remove,
      });
    }
  };
  return (
    <Button danger onClick={ask} aria-label={`${label}: ${name}`}>
      {label}
    </Button>
  );
});
