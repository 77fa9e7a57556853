import { Alert, App, Button, Flex, List, Tag } from "antd";
import { observer } from "mobx-react-lite";
import type { ReactNode } from "react";
import type { Problem } from "../../../../client/api/dataset";
import type { DatasetEditor } from "../../../../client/stores/dataset/editor";
import { useApp } from "../../../app-context";
import { ErrorAlert } from "../../page";
import { useDatasetWords } from "../../text/dataset";
import { problemText } from "../../text/dataset-problem";
import { ConflictDialog } from "./conflict-dialog";

interface EditorBarProps {
  editor: DatasetEditor;
  administers: boolean;
  /** Shows a problem's place. */
  goTo: (problem: Problem) => void;
  /** What else may be done at the top. */
  children?: ReactNode;
}

/** Checks and saves a dataset that somebody works on; what is wrong with it stands below. */
export const EditorBar = observer(function EditorBar({ editor, administers, goTo, children }: EditorBarProps) {
  const words = useDatasetWords();
  const { message } = App.useApp();
  const { busy, error, dirty } = editor;
  const save = async (unchecked = false): Promise<void> => {
    if (await editor.save({ unchecked })) message.success(words.saved(editor.saved.revision));
  };
  return (
    <>
      {!administers && <Alert type="info" title={words.adminsOnly} />}
      <Flex gap={8} wrap align="center">
        <Button type="primary" disabled={!dirty} loading={busy === "saving"} onClick={() => void save()}>
          {words.save}
        </Button>
        <Button loading={busy === "checking"} onClick={() => void editor.check()}>
          {words.check}
        </Button>
        {editor.onlyUnreached && (
          <Button disabled={busy !== null} onClick={() => void save(true)}>
            {words.saveUnchecked}
          </Button>
        )}
        {children}
        {dirty && <span className="console-cell-quiet">{words.unsaved}</span>}
      </Flex>
      {error && <ErrorAlert error={error} />}
      <Problems editor={editor} goTo={goTo} />
      <ConflictDialog editor={editor} />
    </>
  );
});

const Problems = observer(function Problems({
  editor,
  goTo,
}: {
  editor: DatasetEditor;
  goTo: (problem: Problem) => void;
}) {
  const { language } = useApp();
  const words = useDatasetWords();
  const { problems, checkedText, current } = editor;
  if (checkedText === null) return null;
  if (problems.length === 0) {
    return (
      <Alert
        role="status"
        type={current ? "success" : "info"}
        showIcon
        title={current ? words.noProblems : words.outdated}
      />
    );
  }
  const errors = problems.filter(({ severity }) => severity === "error").length;
  return (
    <Alert
      role="status"
      type={errors > 0 ? "error" : "warning"}
      title={current ? words.problems(errors, problems.length - errors) : words.outdated}
      description={
        <List
          size="small"
          dataSource={problems}
          renderItem={(problem) => (
            <List.Item className="console-problem">
              <Button type="link" size="small" onClick={() => goTo(problem)}>
                {words.line(problem.line)}
              </Button>
              <Tag color={problem.severity}>{words[problem.severity]}</Tag>
              <span>{problemText(problem, language.current)}</span>
            </List.Item>
          )}
        />
      }
    />
  );
});
