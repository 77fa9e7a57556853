import { Alert, Button, Flex, Input, Typography } from "antd";
import { observer } from "mobx-react-lite";
import { useId, useState, type ReactNode } from "react";
import type { Problem } from "../../../../../client/api/dataset";
import type { DatasetEditor } from "../../../../../client/stores/dataset/editor";
import { DatasetForm } from "../../../../../client/stores/dataset/form/form";
import { useDatasetWords } from "../../../text/dataset";
import { useFormWords } from "../../../text/dataset-form";
import { EditorBar } from "../editor-bar";
import { Fields } from "./fields";
import { Hierarchies } from "./hierarchies";
import { Measures } from "./measures";
import { Policies } from "./policies";
import { Relationships } from "./relationships";

interface FormTabProps {
  editor: DatasetEditor;
  administers: boolean;
  enterpriseId: string | null;
  goTo: (problem: Problem) => void;
}

/** A dataset as a form, for people who need not know its text: either changes the other. */
export const FormTab = observer(function FormTab({ editor, administers, enterpriseId, goTo }: FormTabProps) {
  const words = useDatasetWords();
  const own = useFormWords();
  const [form] = useState(() => new DatasetForm(editor));
  const labelId = useId();
  const { document } = form;
  if (!document) return <Alert type="warning" showIcon title={own.broken} description={own.brokenHint} />;
  const { fields, measures, tables, hierarchies, relationships, policies } = document;
  return (
    <Flex vertical gap={12}>
      <EditorBar editor={editor} administers={administers} goTo={goTo}>
        <Button disabled={!form.undoable} onClick={() => form.undo()}>
          {own.undo}
        </Button>
      </EditorBar>
      <div className="console-form">
        <label htmlFor={labelId}>{own.datasetLabel}</label>
        <Input
          id={labelId}
          key={document.label}
          defaultValue={document.label}
          maxLength={100}
          onBlur={({ target }) => target.value.trim() !== "" && form.setLabel(target.value.trim())}
        />
      </div>
      <Part title={words.fields}>
        <Fields form={form} fields={fields} />
      </Part>
      <Part title={words.measures}>
        <Measures form={form} fields={fields} measures={measures} tables={tables} />
      </Part>
      <Part title={own.hierarchies}>
        <Hierarchies form={form} fields={fields} hierarchies={hierarchies} />
      </Part>
      {tables.length > 1 && (
        <Part title={words.relationships}>
          <Relationships form={form} fields={fields} relationships={relationships} tables={tables} />
        </Part>
      )}
      <Part title={own.policyTitle}>
        <Policies form={form} fields={fields} policies={policies} enterpriseId={administers ? enterpriseId : null} />
      </Part>
    </Flex>
  );
});

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <Typography.Title level={2} className="console-part">
        {title}
      </Typography.Title>
      {children}
    </section>
  );
}
