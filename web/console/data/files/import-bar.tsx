import { App, Button, Checkbox, Flex, Input } from "antd";
import { observer } from "mobx-react-lite";
import { useState } from "react";
import { suggestFileName } from "../../../../core/contract/source/file";
import { effectsOfImport, type ColumnEffect, type FoundInFile } from "../../../../client/api/file";
import { useApp } from "../../../app-context";
import { useResource } from "../../page";
import { useDoing } from "../../say";
import { useFileWords } from "../../text/file";
import { useShellWords } from "../../text/shell";
import { EffectAlert, EffectList } from "./effects";
import type { UploadPanelProps } from "./upload-panel-props";

const END = ".parquet";

/** What the file will be called, and what the person agrees to. `outdated`: the preview is not what is chosen. */
export const ImportBar = observer(function ImportBar({
  store,
  files,
  done,
  found,
  outdated,
}: UploadPanelProps & { found: FoundInFile; outdated: boolean }) {
  const { call } = useApp();
  const words = useFileWords();
  const { message } = App.useApp();
  const doing = useDoing();
  const agreeTo = useAgreement();
  const [leaveOut, setLeaveOut] = useState(false);
  const { id, name, replace, taken } = standingOf(store, files);
  const effects = useResource(async () => (taken ? effectsOfImport(call, id, name) : []), taken ? name : "");
  const misfits = found.leftOut.count > 0;
  const undecided = found.columns.some(({ doubts }) => doubts.some(({ code }) => code === "day_order"));
  const ready = !outdated && !undecided && isAgreed({ taken, replace, misfits, leaveOut }) && name !== END;
  const bring = async (): Promise<void> => {
    let affected: ColumnEffect[] = [];
    // Asked again: a dataset may have been changed meanwhile, and a new name may be one that a pattern means.
    if (!(await doing(async () => void (affected = await effectsOfImport(call, id, name))))) return;
    if (affected.length > 0 && !(await agreeTo(affected))) return;
    const file = await store.import({ name, replace, leaveOut });
    if (!file) return;
    message.success(words.imported(file.name));
    done();
  };
  return (
    <>
      <EffectAlert effects={effects.data ?? []} />
      <Flex gap={12} wrap align="center">
        <Input
          className="console-form"
          prefix={<span className="console-cell-quiet">{words.fileName}</span>}
          suffix={END}
          aria-label={words.fileName}
          value={name.slice(0, -END.length)}
          onChange={({ target: { value } }) => store.want({ name: `${value.trim()}${END}`, replace })}
        />
        {taken && (
          <Checkbox checked={replace} onChange={({ target: { checked } }) => store.want({ name, replace: checked })}>
            {words.replace}
          </Checkbox>
        )}
        {misfits && (
          <Checkbox checked={leaveOut} onChange={({ target: { checked } }) => setLeaveOut(checked)}>
            {words.leaveOut}
          </Checkbox>
        )}
        <Button type="primary" disabled={!ready} loading={store.busy} onClick={() => void bring()}>
          {taken && replace ? words.replaceFile : words.import}
        </Button>
      </Flex>
    </>
  );
});

/** Under which name, and whether there is one of that name. */
function standingOf({ upload, wanted }: UploadPanelProps["store"], files: UploadPanelProps["files"]) {
  const { name, replace } = wanted ?? { name: suggestFileName(upload?.fileName ?? ""), replace: false };
  return { id: upload?.id ?? "", name, replace, taken: files.some((file) => file.name === name) };
}

function isAgreed(on: { taken: boolean; replace: boolean; misfits: boolean; leaveOut: boolean }): boolean {
  return (!on.taken || on.replace) && (!on.misfits || on.leaveOut);
}

/** Asks whether a file may be imported although datasets miss something then. */
function useAgreement(): (effects: ColumnEffect[]) => Promise<boolean> {
  const words = useFileWords();
  const shell = useShellWords();
  const { modal } = App.useApp();
  return (effects) =>
    new Promise((resolve) => {
      modal.confirm({
        title: words.affectedAsk,
        content: (
          <>
            <p>{words.affected}</p>
            <EffectList effects={effects} />
            <p className="console-cell-quiet">{words.kept}</p>
          </>
        ),
        okText: words.importAnyway,
        okButtonProps: { danger: true },
        cancelText: shell.cancel,
        onOk: () => resolve(true),
        onCancel: () => resolve(false),
      });
    });
}
