import { App, Button, Flex, Table } from "antd";
import { observer } from "mobx-react-lite";
import { useState } from "react";
import type { FieldRow, FormDocument, MeasureRow } from "../../../../../client/stores/dataset/form/document";
import type { DatasetForm } from "../../../../../client/stores/dataset/form/form";
import { useDatasetWords } from "../../../text/dataset";
import { useFormWords } from "../../../text/dataset-form";
import { useShellWords } from "../../../text/shell";
import { Named } from "./fields";
import { formatName } from "./formats";
import { MeasureDialog } from "./measure-dialog";

interface MeasuresProps {
  form: DatasetForm;
  fields: FieldRow[];
  measures: MeasureRow[];
  tables: FormDocument["tables"];
}

/** The measures of a dataset, made by choosing. */
export const Measures = observer(function Measures({ form, fields, measures, tables }: MeasuresProps) {
  const words = useDatasetWords();
  const own = useFormWords();
  const shell = useShellWords();
  const { modal } = App.useApp();
  /** The name of the one that is edited; empty for a new one. */
  const [edited, setEdited] = useState<string | null>(null);
  const remove = (measure: MeasureRow): void =>
    void modal.confirm({
      title: own.removeMeasure(measure.label),
      content: own.removeMeasureHint,
      okText: words.remove,
      okButtonProps: { danger: true },
      cancelText: shell.cancel,
      onOk: () => form.removeMeasure(measure),
    });
  const labelOf = (name: string): string => [...fields, ...measures].find((each) => each.name === name)?.label ?? name;
  const said = ({ shape }: MeasureRow): string => {
    if (shape.kind === "field") return own.proposed.field(own.aggregations[shape.aggregation], labelOf(shape.field));
    if (shape.kind === "ratio") return own.proposed.ratio(labelOf(shape.numerator), labelOf(shape.denominator));
    return shape.kind === "rows" ? own.proposed.rows : shape.expression;
  };
  return (
    <Flex vertical gap={8}>
      <div className="console-scroll">
        <Table<MeasureRow>
          rowKey="name"
          size="small"
          dataSource={measures}
          pagination={measures.length > 50 && { pageSize: 50, showSizeChanger: false }}
          columns={[
            { title: words.label, render: (_, each) => <Named {...each} /> },
            { title: own.shape, render: (_, each) => <span className="console-said">{said(each)}</span> },
            { title: own.format, render: (_, { format }) => own.formats[formatName(format)] },
            { title: own.direction, render: (_, { direction }) => own.directions[direction] },
            {
              title: own.actions,
              render: (_, each) => (
                <Flex gap={8}>
                  <Button size="small" aria-label={own.editOf(each.label)} onClick={() => setEdited(each.name)}>
                    {own.edit}
                  </Button>
                  <Button size="small" danger aria-label={`${words.remove} ${each.label}`} onClick={() => remove(each)}>
                    {words.remove}
                  </Button>
                </Flex>
              ),
            },
          ]}
        />
      </div>
      <Flex>
        <Button onClick={() => setEdited("")}>{own.addMeasure}</Button>
      </Flex>
      {edited !== null && (
        <MeasureDialog
          form={form}
          fields={fields}
          measures={measures}
          tables={tables}
          measure={measures.find(({ name }) => name === edited) ?? null}
          close={() => setEdited(null)}
        />
      )}
    </Flex>
  );
});
