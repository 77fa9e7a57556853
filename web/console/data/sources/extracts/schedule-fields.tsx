import { Form, Input, InputNumber, Select } from "antd";
import { observer } from "mobx-react-lite";
import { useState } from "react";
import { useExtractWords } from "../../../text/extract";
import { zones, type ExtractFields } from "./fields";

const KINDS: ExtractFields["kind"][] = ["manual", "every", "daily", "weekly"];

/** When an extract is made again. */
export const ScheduleFields = observer(function ScheduleFields() {
  const words = useExtractWords();
  const kind = Form.useWatch<ExtractFields["kind"]>("kind");
  return (
    <>
      <Form.Item name="kind" label={words.schedule}>
        <Select options={KINDS.map((value) => ({ value, label: words.kinds[value] }))} />
      </Form.Item>
      {kind === "every" && (
        <Form.Item
          name="minutes"
          label={words.minutes}
          extra={words.minutesHint}
          rules={[{ required: true, message: words.needed }]}
        >
          <InputNumber min={5} max={1_440} precision={0} className="console-wide" />
        </Form.Item>
      )}
      {kind === "weekly" && (
        <Form.Item name="weekday" label={words.weekday}>
          <Select options={words.weekdays.map((label, index) => ({ value: index + 1, label }))} />
        </Form.Item>
      )}
      {(kind === "daily" || kind === "weekly") && <ClockFields />}
    </>
  );
});

const ClockFields = observer(function ClockFields() {
  const words = useExtractWords();
  const form = Form.useFormInstance<ExtractFields>();
  const [known] = useState(() => zones(form.getFieldValue("timeZone") as string));
  return (
    <div className="console-pair console-clock">
      <Form.Item name="timeZone" label={words.timeZone}>
        <Select showSearch options={known.map((value) => ({ value, label: value }))} />
      </Form.Item>
      <Form.Item name="at" label={words.at} rules={[{ required: true, message: words.needed }]}>
        <Input type="time" />
      </Form.Item>
    </div>
  );
});
