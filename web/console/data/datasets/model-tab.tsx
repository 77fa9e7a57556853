import { Alert, App, Button, Flex, List, Tag } from "antd";
import { observer } from "mobx-react-lite";
import { useMemo, useRef } from "react";
import type { Problem } from "../../../../client/api/dataset";
import type { DatasetEditor } from "../../../../client/stores/dataset/editor";
import { useApp } from "../../../app-context";
import { ErrorAlert } from "../../page";
import { useDatasetWords } from "../../text/dataset";
import { problemText } from "../../text/dataset-problem";
import type { Code } from "./code";
import { CodeView } from "./code-view";
import { ConflictDialog } from "./conflict-dialog";

/** The model's text: changed, checked and saved; what is wrong stands at its line and below. */
export const ModelTab = observer(function ModelTab({
  editor,
  administers,
}: {
  editor: DatasetEditor;
  administers: boolean;
}) {
  const { language } = useApp();
  const words = useDatasetWords();
  const { message } = App.useApp();
  const code = useRef<Code | null>(null);
  const { problems, busy, error, dirty } = editor;
  const marks = useMemo(
    () => problems.map((each) => ({ ...each, text: problemText(each, language.current) })),
    [problems, language.current],
  );
  const save = async (unchecked = false): Promise<void> => {
    if (await editor.save({ unchecked })) message.success(words.saved(editor.saved.revision));
  };
  return (
    <Flex vertical gap={12}>
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
        {dirty && <span className="console-cell-quiet">{words.unsaved}</span>}
      </Flex>
      {error && <ErrorAlert error={error} />}
      <Problems editor={editor} goTo={({ line, column }) => code.current?.goTo(line, column)} />
      <CodeView
        text={editor.text}
        label={words.text}
        marks={marks}
        changed={(text) => editor.edit(text)}
        opened={(opened) => (code.current = opened)}
      />
      <ConflictDialog editor={editor} />
    </Flex>
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
