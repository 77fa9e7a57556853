import { Checkbox, Form, Input, Modal, Select } from "antd";
import { observer } from "mobx-react-lite";
import type { DatasetForm } from "../../../../../client/stores/dataset/form/form";
import { useDatasetWords } from "../../../text/dataset";
import { useFormWords } from "../../../text/dataset-form";
import { useShellWords } from "../../../text/shell";
import { FormatSelect } from "./format-select";
import { formatName } from "./formats";
import { ShapeFields, type ShapeFieldsProps } from "./measure-shape";
import { changeOf, proposedLabel, shapeOfValues, valuesOf, type Values } from "./measure-values";

interface MeasureDialogProps extends ShapeFieldsProps {
  form: DatasetForm;
  close: () => void;
}

/** Makes a measure, or another one of what it was. */
export const MeasureDialog = observer(function MeasureDialog({ form, close, ...about }: MeasureDialogProps) {
  const { fields, measures, tables, measure } = about;
  const own = useFormWords();
  const shell = useShellWords();
  const [fill] = Form.useForm<Values>();
  const labelOf = (name: string | undefined): string =>
    [...fields, ...measures].find((each) => each.name === name)?.label ?? "";
  const done = (values: Values): void => {
    const shape = shapeOfValues(values);
    const label = values.label?.trim() || proposedLabel(values, own, labelOf);
    form.step(() => {
      const name = measure?.name ?? form.addMeasure(values.table, shape, label);
      const made = form.document?.measures.find((each) => each.name === name);
      if (made) form.changeMeasure(made, changeOf(made, shape, label, values));
    });
    close();
  };
  return (
    <Modal
      open
      title={measure ? own.editOf(measure.label) : own.addMeasure}
      okText={own.done}
      cancelText={shell.cancel}
      onOk={() => fill.submit()}
      onCancel={close}
    >
      <Form<Values> form={fill} layout="vertical" initialValues={valuesOf(measure, tables[0]?.name)} onFinish={done}>
        <ShapeFields {...about} />
        <Texts labelOf={labelOf} />
        <FormatSelect own={formatName(measure?.format) === "own"} />
        <Form.Item name="direction" label={own.direction}>
          <Select options={Object.entries(own.directions).map(([value, label]) => ({ value, label }))} />
        </Form.Item>
        <Form.Item name="hidden" valuePropName="checked">
          <Checkbox>{own.hide}</Checkbox>
        </Form.Item>
      </Form>
    </Modal>
  );
});

const Texts = observer(function Texts({ labelOf }: { labelOf: (name: string | undefined) => string }) {
  const words = useDatasetWords();
  const own = useFormWords();
  const values = Form.useWatch((all: Values) => all) as Values | undefined;
  return (
    <>
      <Form.Item name="label" label={words.label} extra={own.labelHint}>
        <Input maxLength={100} placeholder={values ? proposedLabel(values, own, labelOf) : ""} />
      </Form.Item>
      <Form.Item name="description" label={own.description}>
        <Input.TextArea maxLength={2_000} autoSize />
      </Form.Item>
    </>
  );
});
