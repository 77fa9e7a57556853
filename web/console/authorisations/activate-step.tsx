import { Alert, Button, Flex, QRCode, Radio, Tag, Typography } from "antd";
import { observer } from "mobx-react-lite";
import type { EnterpriseList } from "../../../client/api/enterprise";
import type { AuthoriseStore } from "../../../client/stores/enterprise/authorise";
import { useAuthorisationWords } from "../text/authorisation";
import { useShellWords } from "../text/shell";

/** The developer platform of each site. https://open.dingtalk.com/document/development/dingtalk-open-platform-overview */
const CONSOLES: Record<EnterpriseList["site"], string> = {
  "public-cloud": "https://open-dev.dingtalk.com/",
  international: "https://open-dev.dingtalk.io/",
};

/** Scan to Activate: a suite's activation link, or the way to create an internal app with the exact permission points. */
export const ActivateStep = observer(function ActivateStep({
  store,
  list,
}: {
  store: AuthoriseStore;
  list: EnterpriseList;
}) {
  const words = useAuthorisationWords();
  const shell = useShellWords();
  const { kind } = store.fields;
  return (
    <Flex vertical gap={16}>
      <Flex gap={16} wrap align="center">
        <Radio.Group
          optionType="button"
          aria-label={words.kindLabel}
          value={kind}
          onChange={({ target }) => store.change({ kind: target.value === "suite" ? "suite" : "internal_app" })}
          options={(["internal_app", "suite"] as const).map((value) => ({ value, label: shell.kinds[value] }))}
        />
        <Typography.Text type="secondary">
          {words.siteLabel}: {words.site[list.site]}
        </Typography.Text>
      </Flex>
      {kind === "suite" ? <SuiteGuide list={list} /> : <InternalGuide list={list} />}
      <Alert type="info" showIcon title={words.mustBeAdmin} />
      <Flex justify="end">
        <Button type="primary" onClick={() => store.go("corp")} disabled={kind === "suite" && !list.suite.configured}>
          {shell.next}
        </Button>
      </Flex>
    </Flex>
  );
});

const SuiteGuide = observer(function SuiteGuide({ list }: { list: EnterpriseList }) {
  const words = useAuthorisationWords();
  const { configured, activationUrl } = list.suite;
  if (!configured) return <Alert type="warning" showIcon title={words.suiteMissing} />;
  if (!activationUrl) return <Alert type="warning" showIcon title={words.suiteWithoutCode} />;
  return (
    <Flex gap={16} wrap align="center">
      <Code url={activationUrl} />
      <Typography.Paragraph className="console-guide">{words.suiteScan}</Typography.Paragraph>
    </Flex>
  );
});

const InternalGuide = observer(function InternalGuide({ list }: { list: EnterpriseList }) {
  const words = useAuthorisationWords();
  const url = CONSOLES[list.site];
  return (
    <Flex gap={16} wrap align="start">
      <Flex vertical gap={8} align="center">
        <Code url={url} />
        <Button href={url} target="_blank" rel="noreferrer">
          {words.openConsole}
        </Button>
      </Flex>
      <div className="console-guide">
        <Typography.Paragraph>{words.internalScan}</Typography.Paragraph>
        <ol>
          {words.internalSteps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <Flex gap={6} wrap>
          {list.permissions.map(({ name, needed }) => (
            <Tag key={name} color={needed ? "blue" : "default"}>
              {name} · {needed ? words.permissionNeeded : words.permissionOptional}
            </Tag>
          ))}
        </Flex>
      </div>
    </Flex>
  );
});

/** A QR code on white, which phones read in dark surroundings too. */
function Code({ url }: { url: string }) {
  return (
    <div data-qr={url}>
      <QRCode aria-label={url} value={url} size={168} color="#000" bgColor="#fff" type="canvas" />
    </div>
  );
}
