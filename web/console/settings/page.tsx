import { Card, Flex } from "antd";
import { observer } from "mobx-react-lite";
import type { EnterpriseDetail, SettingsReply } from "../../../client/api/enterprise";
import { getEnterprise } from "../../../client/api/enterprise";
import { useApp } from "../../app-context";
import { ConsolePage, Loaded, useResource } from "../page";
import type { SectionProps } from "../section";
import { useSettingsWords } from "../text/settings";
import { useShellWords } from "../text/shell";
import { EventForm } from "./event-form";
import { GeneralForm } from "./general-form";
import { KeyForm } from "./key-form";

/** Mini program settings: how it opens on PC, its home page, edition and quota, keys and events. */
export const SettingsPage = observer(function SettingsPage({ enterprise, choice, changed }: SectionProps) {
  const { call } = useApp();
  const shell = useShellWords();
  const detail = useResource(() => getEnterprise(call, enterprise.id), "");
  return (
    <ConsolePage title={shell.settings} actions={choice}>
      <Loaded resource={detail}>
        {(data) => (
          <Cards
            detail={data}
            saved={(settings) => {
              detail.set({ ...data, settings });
              changed();
            }}
          />
        )}
      </Loaded>
    </ConsolePage>
  );
});

const Cards = observer(function Cards({
  detail,
  saved,
}: {
  detail: EnterpriseDetail;
  saved: (settings: SettingsReply) => void;
}) {
  const words = useSettingsWords();
  const { enterprise, settings } = detail;
  const given = { enterpriseId: enterprise.id, settings, saved };
  return (
    <Flex vertical gap={16}>
      <Card>
        <GeneralForm {...given} />
      </Card>
      {enterprise.appKind === "internal_app" && (
        <>
          <Card title={<h2 className="console-tile-name">{words.keyTitle}</h2>}>
            <KeyForm {...given} />
          </Card>
          <Card title={<h2 className="console-tile-name">{words.eventTitle}</h2>}>
            <EventForm {...given} />
          </Card>
        </>
      )}
    </Flex>
  );
});
