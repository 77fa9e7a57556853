import { Button, Flex, Tag } from "antd";
import { observer } from "mobx-react-lite";
import { formatMoment } from "../../../core/report/format";
import { listDevices, signOutDevice, type Devices as DeviceList } from "../../../client/api/personal";
import { useApp } from "../../app-context";
import { Loaded, useResource } from "../page";
import { useDoing } from "../say";
import { usePersonalWords } from "../text/personal";

/** Where the person is signed in; each can be signed out. */
export const Devices = observer(function Devices() {
  const { call } = useApp();
  const devices = useResource(() => listDevices(call), "");
  return (
    <Loaded resource={devices}>
      {(data) => (
        <Flex vertical gap={12}>
          {data.map((device) => (
            <DeviceLine key={device.id} device={device} changed={() => void devices.load()} />
          ))}
        </Flex>
      )}
    </Loaded>
  );
});

const DeviceLine = observer(function DeviceLine({
  device,
  changed,
}: {
  device: DeviceList[number];
  changed: () => void;
}) {
  const { call, language } = useApp();
  const words = usePersonalWords();
  const doing = useDoing();
  const signOut = async (): Promise<void> => {
    if (await doing(() => signOutDevice(call, device.id))) changed();
  };
  const since = words.since(formatMoment(device.signedInAt, Date.now(), language.current));
  return (
    <Flex gap={12} align="center" justify="space-between" wrap>
      <div>
        {words.places[device.place]} {device.current && <Tag color="blue">{words.current}</Tag>}
        <div className="console-cell-quiet">
          {[device.name, device.enterpriseName, since].filter(Boolean).join(" · ")}
        </div>
      </div>
      {!device.current && (
        <Button onClick={() => void signOut()} aria-label={`${words.signOut}: ${device.name}`}>
          {words.signOut}
        </Button>
      )}
    </Flex>
  );
});
