import { Button, Form, InputNumber, Radio, Select } from "antd";
import { observer } from "mobx-react-lite";
import { saveSettings, type SettingsInput } from "../../../client/api/enterprise";
import { listReports } from "../../../client/api/report";
import { useApp } from "../../app-context";
import { useResource } from "../page";
import { useDoing } from "../say";
import { useSettingsWords } from "../text/settings";
import { useShellWords } from "../text/shell";
import type { FormProps } from "./form-props";

interface Fields {
  pcOpening: "workbench" | "browser";
  homeReportId: string;
  edition: "standard" | "professional" | "exclusive";
  quotaLimit: number | null;
}

/** How the app opens on PC, what it shows first, and how many calls a month it may make. */
export const GeneralForm = observer(function GeneralForm({ enterpriseId, settings, saved }: FormProps) {
  const { call } = useApp();
  const words = useSettingsWords();
  const shell = useShellWords();
  const doing = useDoing();
  const reports = useResource(() => listReports(call, { filter: "all" }), "");
  const save = (fields: Fields): Promise<boolean> =>
    doing(async () => {
      const homeReportId = fields.homeReportId === "" ? null : fields.homeReportId;
      saved(await saveSettings(call, enterpriseId, { ...fields, homeReportId } as SettingsInput));
    }, shell.saved);
  const homes = (reports.data?.reports ?? []).map(({ id, title }) => ({ value: id as string, label: title }));
  return (
    <Form<Fields>
      layout="vertical"
      className="console-form"
      initialValues={{ ...settings, homeReportId: settings.homeReportId ?? "" }}
      onFinish={(fields) => void save(fields)}
    >
      <Form.Item name="pcOpening" label={words.pcTitle} extra={words.pcHint}>
        <Radio.Group
          options={[
            { value: "workbench", label: words.workbench },
            { value: "browser", label: words.browser },
          ]}
        />
      </Form.Item>
      <Form.Item name="homeReportId" label={words.homeTitle} extra={words.homeHint}>
        <Select
          showSearch={{ optionFilterProp: "label" }}
          loading={reports.busy}
          options={[{ value: "", label: words.noHome }, ...homes]}
        />
      </Form.Item>
      <Form.Item name="edition" label={words.quotaTitle}>
        <Select
          options={(["standard", "professional", "exclusive"] as const).map((value) => ({
            value,
            label: shell.editions[value],
          }))}
        />
      </Form.Item>
      <Form.Item name="quotaLimit" label={words.quotaLimit} extra={words.quotaLimitHint}>
        <InputNumber min={1} max={100_000_000} precision={0} className="console-wide" />
      </Form.Item>
      <Button type="primary" htmlType="submit">
        {shell.save}
      </Button>
    </Form>
  );
});
