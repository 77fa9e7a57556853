import { Button, Empty, Flex } from "antd";
import { observer } from "mobx-react-lite";
import { useState } from "react";
import { listDataSources, type DataSourceItem } from "../../../../client/api/data-source";
import { useApp } from "../../../app-context";
import { usePath } from "../../../router";
import { ConsolePage, Loaded, useResource } from "../../page";
import { useShellWords } from "../../text/shell";
import { useSourceWords } from "../../text/source";
import { ExtractsPage } from "./extracts/page";
import { SourceDialog } from "./source-dialog";
import { SourceTile } from "./source-tile";
import { TablesDrawer } from "./tables-drawer";

type Open = { dialog: "new" } | { dialog: "edit" | "tables"; source: DataSourceItem } | null;

/** The databases that datasets are read from, or the extracts of the one that the address names. */
export const SourcesPage = observer(function SourcesPage() {
  const id = /^\/console\/sources\/([0-9a-f-]+)\/extracts/.exec(usePath())?.[1];
  return id === undefined ? <SourceList /> : <ExtractsPage key={id} dataSourceId={id} />;
});

/** Connected, tried, browsed, removed. */
const SourceList = observer(function SourceList() {
  const { call } = useApp();
  const words = useSourceWords();
  const shell = useShellWords();
  const list = useResource(() => listDataSources(call), "");
  const [open, setOpen] = useState<Open>(null);
  const close = (done: boolean): void => {
    setOpen(null);
    if (done) void list.load();
  };
  const add = (
    <Button type="primary" onClick={() => setOpen({ dialog: "new" })}>
      {words.add}
    </Button>
  );
  return (
    <ConsolePage title={shell.sources} intro={words.intro} actions={list.data && add}>
      <Loaded resource={list}>
        {(sources) => (
          <Flex vertical gap={16}>
            {sources.length === 0 && (
              <Empty
                description={
                  <>
                    <strong>{words.empty}</strong>
                    <div>{words.emptyHint}</div>
                  </>
                }
              />
            )}
            {sources.map((source) => (
              <SourceTile
                key={source.id}
                source={source}
                edit={() => setOpen({ dialog: "edit", source })}
                browse={() => setOpen({ dialog: "tables", source })}
                changed={() => void list.load()}
              />
            ))}
          </Flex>
        )}
      </Loaded>
      {(open?.dialog === "new" || open?.dialog === "edit") && (
        <SourceDialog source={open.dialog === "edit" ? open.source : null} close={close} />
      )}
      {open?.dialog === "tables" && <TablesDrawer source={open.source} close={() => close(false)} />}
    </ConsolePage>
  );
});
