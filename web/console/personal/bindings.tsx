import { Alert, Button, Flex, Modal, Popconfirm, QRCode, Typography } from "antd";
import { observer } from "mobx-react-lite";
import { useEffect, useState } from "react";
import { listBindings, unbindOwn, type PersonalBindings } from "../../../client/api/personal";
import { BindLinkStore } from "../../../client/stores/people/bind-link";
import { useApp } from "../../app-context";
import { later } from "../../later";
import { ErrorAlert, Loaded, useResource } from "../page";
import { useDoing } from "../say";
import { usePersonalWords } from "../text/personal";
import { useShellWords } from "../text/shell";

type Binding = PersonalBindings[number];

/** The person's DingTalk account in each of their enterprises. */
export const Bindings = observer(function Bindings() {
  const { call } = useApp();
  const words = usePersonalWords();
  const bindings = useResource(() => listBindings(call), "");
  return (
    <Flex vertical gap={12}>
      <Typography.Text type="secondary">{words.dingtalkHint}</Typography.Text>
      <Loaded resource={bindings}>
        {(data) =>
          data.map((binding) => (
            <BindingLine key={binding.enterprise.id} binding={binding} changed={() => void bindings.load()} />
          ))
        }
      </Loaded>
    </Flex>
  );
});

const BindingLine = observer(function BindingLine({ binding, changed }: { binding: Binding; changed: () => void }) {
  const { call } = useApp();
  const words = usePersonalWords();
  const shell = useShellWords();
  const doing = useDoing();
  const [open, setOpen] = useState(false);
  const { enterprise, member, mayBind } = binding;
  const unbind = async (): Promise<void> => {
    if (await doing(() => unbindOwn(call, enterprise.id), shell.saved)) changed();
  };
  return (
    <Flex gap={12} align="center" wrap justify="space-between">
      <div>
        <strong>{enterprise.name}</strong>
        <div className="console-cell-quiet">{member ? words.bound(member.name) : words.notBound}</div>
      </div>
      {member ? (
        <Popconfirm
          title={words.unbindTitle}
          description={words.unbindHint}
          okText={words.unbind}
          cancelText={shell.cancel}
          onConfirm={unbind}
        >
          <Button>{words.unbind}</Button>
        </Popconfirm>
      ) : mayBind ? (
        <Button type="primary" onClick={() => setOpen(true)}>
          {words.bind}
        </Button>
      ) : (
        <Typography.Text type="secondary">{words.cannotBind}</Typography.Text>
      )}
      {open && (
        <BindDialog
          enterpriseId={enterprise.id}
          bound={changed}
          close={() => {
            setOpen(false);
            changed();
          }}
        />
      )}
    </Flex>
  );
});

const BindDialog = observer(function BindDialog({
  enterpriseId,
  bound,
  close,
}: {
  enterpriseId: string;
  bound: () => void;
  close: () => void;
}) {
  const { call } = useApp();
  const words = usePersonalWords();
  const shell = useShellWords();
  const [store] = useState(() => new BindLinkStore({ call, later, enterpriseId, bound }));
  useEffect(() => {
    void store.create();
    return () => store.dispose();
  }, [store]);
  const { link, error } = store;
  return (
    <Modal open title={words.bind} onCancel={close} footer={<Button onClick={close}>{shell.close}</Button>}>
      <Flex vertical gap={12} align="center">
        {error && <ErrorAlert error={error} retry={() => void store.create()} />}
        {link && <LinkState link={link} />}
        {link?.state !== "bound" && <LinkCode store={store} />}
      </Flex>
    </Modal>
  );
});

/** The code to scan, or the way to another one. */
const LinkCode = observer(function LinkCode({ store }: { store: BindLinkStore }) {
  const words = usePersonalWords();
  const { link, url } = store;
  const over = link?.state === "refused" || link?.state === "expired";
  if (!url) return null;
  return (
    <>
      <div data-qr={url}>
        <QRCode
          aria-label={words.scan}
          value={url}
          size={200}
          color="#000"
          bgColor="#fff"
          type="canvas"
          status={over ? "expired" : "active"}
          onRefresh={() => void store.create()}
        />
      </div>
      <Typography.Text type="secondary">{words.scan}</Typography.Text>
      {over && <Button onClick={() => void store.create()}>{words.newCode}</Button>}
    </>
  );
});

const LinkState = observer(function LinkState({ link }: { link: NonNullable<BindLinkStore["link"]> }) {
  const words = usePersonalWords();
  const name = link.memberName ?? "";
  const text = {
    waiting: words.link.waiting,
    opened: words.link.opened(name),
    bound: words.link.bound(name),
    refused: words.link.refused,
    expired: words.link.expired,
  }[link.state];
  const type =
    link.state === "bound" ? "success" : link.state === "waiting" || link.state === "opened" ? "info" : "warning";
  return <Alert type={type} showIcon role="status" title={text} />;
});
