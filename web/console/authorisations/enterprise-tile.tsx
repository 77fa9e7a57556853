import { App, Button, Card, Descriptions, Progress, Tag, Tooltip } from "antd";
import { observer } from "mobx-react-lite";
import type { EnterpriseCard } from "../../../core/contract/enterprise/enterprise";
import { formatMoment } from "../../../core/report/format";
import { revokeEnterprise } from "../../../client/api/enterprise";
import { toApiError } from "../../../client/api/error";
import { errorText } from "../../../client/text/text";
import { useApp } from "../../app-context";
import { navigate } from "../../router";
import { RevokeIcon } from "../icons";
import { useAuthorisationWords } from "../text/authorisation";
import { useShellWords } from "../text/shell";
import { useSyncWords } from "../text/sync";

const COLOURS: Record<EnterpriseCard["state"], string> = {
  active: "success",
  suspended: "warning",
  revoked: "default",
};
const BARS = { none: "normal", near: "active", spent: "exception" } as const;

/** One enterprise as a card, with the icon that revokes its authorisation. */
export const EnterpriseTile = observer(function EnterpriseTile({
  enterprise,
  changed,
  restore,
}: {
  enterprise: EnterpriseCard;
  changed: () => void;
  restore: () => void;
}) {
  const shell = useShellWords();
  const words = useAuthorisationWords();
  const { name, corpId, state, appKind, edition } = enterprise;
  const actions =
    state === "revoked"
      ? [
          <Button key="restore" type="link" onClick={restore}>
            {words.restore}
          </Button>,
        ]
      : [
          <Button key="manage" type="link" onClick={() => navigate(`/console/members?enterprise=${enterprise.id}`)}>
            {words.manage}
          </Button>,
          <Button key="settings" type="link" onClick={() => navigate(`/console/settings?enterprise=${enterprise.id}`)}>
            {shell.settings}
          </Button>,
        ];
  return (
    <Card
      title={<h2 className="console-tile-name">{name}</h2>}
      extra={enterprise.mayRevoke && state !== "revoked" && <RevokeButton enterprise={enterprise} changed={changed} />}
      actions={enterprise.mayEdit ? actions : []}
    >
      <div className="console-tags">
        <Tag color={COLOURS[state]}>{shell.states[state]}</Tag>
        <Tag>{shell.kinds[appKind]}</Tag>
        <Tag>{shell.editions[edition]}</Tag>
      </div>
      <Facts enterprise={enterprise} corpId={corpId} />
    </Card>
  );
});

const Facts = observer(function Facts({ enterprise, corpId }: { enterprise: EnterpriseCard; corpId: string }) {
  const { language } = useApp();
  const shell = useShellWords();
  const words = useAuthorisationWords();
  const sync = useSyncWords();
  const { quota, lastSync } = enterprise;
  const moment = (iso: string): string => formatMoment(iso, Date.now(), language.current);
  const number = (value: number): string => new Intl.NumberFormat(language.current).format(value);
  const items = [
    { key: "corp", label: "CorpId", children: <code>{corpId}</code> },
    { key: "members", label: words.members, children: `${enterprise.members} · ${words.users} ${enterprise.users}` },
    {
      key: "sync",
      label: words.lastSync,
      children: lastSync
        ? `${sync.states[lastSync.state]} · ${moment(lastSync.finishedAt ?? lastSync.startedAt)}`
        : shell.never,
    },
    {
      key: "quota",
      label: words.quota,
      children:
        quota.limit === null
          ? `${number(quota.used)} · ${words.quotaUnknown}`
          : `${number(quota.used)} / ${number(quota.limit)}`,
    },
    ...(enterprise.deletedAfter
      ? [{ key: "kept", label: shell.states.revoked, children: words.deletedAfter(moment(enterprise.deletedAfter)) }]
      : []),
  ];
  return (
    <>
      <Descriptions column={1} size="small" items={items} />
      {quota.limit !== null && (
        <Progress
          percent={Math.min(100, Math.round((100 * quota.used) / quota.limit))}
          status={BARS[quota.warning]}
          aria-label={words.quota}
          size="small"
        />
      )}
    </>
  );
});

const RevokeButton = observer(function RevokeButton({
  enterprise,
  changed,
}: {
  enterprise: EnterpriseCard;
  changed: () => void;
}) {
  const { call, texts } = useApp();
  const { modal, message } = App.useApp();
  const shell = useShellWords();
  const words = useAuthorisationWords();
  const revoke = async (): Promise<void> => {
    try {
      await revokeEnterprise(call, enterprise.id);
      changed();
    } catch (thrown) {
      const { title, advice } = errorText(texts, toApiError(thrown));
      message.error(`${title} ${advice}`);
    }
  };
  const ask = (): void => {
    modal.confirm({
      title: words.revokeTitle(enterprise.name),
      content: (
        <ul className="console-effects">
          {words.revokeEffects.map((effect) => (
            <li key={effect}>{effect}</li>
          ))}
        </ul>
      ),
      okText: words.revoke,
      okButtonProps: { danger: true },
      cancelText: shell.cancel,
      autoFocusButton: "cancel",
      onOk: revoke,
    });
  };
  return (
    <Tooltip title={words.revoke}>
      <Button type="text" aria-label={`${words.revoke}: ${enterprise.name}`} icon={<RevokeIcon />} onClick={ask} />
    </Tooltip>
  );
});
