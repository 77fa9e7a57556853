import { Tabs } from "antd";
import { observer } from "mobx-react-lite";
import { useState } from "react";
import { setQuery, useQuery } from "../../router";
import { ConsolePage } from "../page";
import type { SectionProps } from "../section";
import { SyncPanel } from "../sync-panel";
import { usePeopleWords } from "../text/people";
import { useShellWords } from "../text/shell";
import { MemberList } from "./member-list";
import { RangeForm } from "./range-form";
import { UserList } from "./user-list";

/** Member Management: users, DingTalk's members, and the rules between them. */
export const PeoplePage = observer(function PeoplePage({ enterprise, choice, changed }: SectionProps) {
  const words = usePeopleWords();
  const shell = useShellWords();
  const tab = useQuery("tab") ?? "users";
  // What one list changes, the other one shows: both are read again.
  const [version, setVersion] = useState(0);
  const again = (): void => {
    setVersion((now) => now + 1);
    changed();
  };
  const given = { enterprise, version, again };
  return (
    <ConsolePage title={shell.members} actions={choice}>
      <SyncPanel enterpriseId={enterprise.id} finished={again} />
      <Tabs
        activeKey={tab}
        onChange={(key) => setQuery({ tab: key })}
        destroyOnHidden
        items={[
          { key: "users", label: words.users, children: <UserList {...given} /> },
          { key: "members", label: words.members, children: <MemberList {...given} /> },
          { key: "rules", label: words.rangeTitle, children: <RangeForm enterpriseId={enterprise.id} /> },
        ]}
      />
    </ConsolePage>
  );
});
