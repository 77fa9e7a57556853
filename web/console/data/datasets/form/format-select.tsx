import { Form, Select } from "antd";
import { observer } from "mobx-react-lite";
import { useFormWords } from "../../../text/dataset-form";
import { FORMATS, type FormatName } from "./formats";

/** The formats by name; one of the text's own is offered only where it is there already. */
export const FormatSelect = observer(function FormatSelect({ own }: { own: boolean }) {
  const words = useFormWords();
  const names = [...(Object.keys(FORMATS) as FormatName[]), ...(own ? (["own"] as const) : [])];
  return (
    <Form.Item name="format" label={words.format}>
      <Select options={names.map((value) => ({ value, label: words.formats[value] }))} />
    </Form.Item>
  );
});
