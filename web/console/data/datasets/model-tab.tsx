import { Flex } from "antd";
import { observer } from "mobx-react-lite";
import { useMemo, useRef } from "react";
import type { Problem } from "../../../../client/api/dataset";
import type { DatasetEditor } from "../../../../client/stores/dataset/editor";
import { useApp } from "../../../app-context";
import { useDatasetWords } from "../../text/dataset";
import { problemText } from "../../text/dataset-problem";
import type { Code } from "./code";
import { CodeView } from "./code-view";
import { EditorBar } from "./editor-bar";

interface ModelTabProps {
  editor: DatasetEditor;
  administers: boolean;
  /** Where the text is shown at once; null: at its beginning. */
  at: Problem | null;
}

/** The model's text: changed, checked and saved; what is wrong stands at its line and above. */
export const ModelTab = observer(function ModelTab({ editor, administers, at }: ModelTabProps) {
  const { language } = useApp();
  const words = useDatasetWords();
  const code = useRef<Code | null>(null);
  const { problems } = editor;
  const marks = useMemo(
    () => problems.map((each) => ({ ...each, text: problemText(each, language.current) })),
    [problems, language.current],
  );
  return (
    <Flex vertical gap={12}>
      <EditorBar
        editor={editor}
        administers={administers}
        goTo={({ line, column }) => code.current?.goTo(line, column)}
      />
      <CodeView
        text={editor.text}
        label={words.text}
        marks={marks}
        changed={(text) => editor.edit(text)}
        opened={(opened) => {
          code.current = opened;
          if (at) opened.goTo(at.line, at.column);
        }}
      />
    </Flex>
  );
});
