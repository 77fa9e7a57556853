import { Button, Empty, Flex } from "antd";
import { observer } from "mobx-react-lite";
import { useEffect, useState } from "react";
import { listDataSources, type DataSourceItem } from "../../../../../client/api/data-source";
import type { ExtractItem } from "../../../../../client/api/extract";
import { ExtractListStore } from "../../../../../client/stores/source/extract-list";
import { useApp } from "../../../../app-context";
import { later } from "../../../../later";
import { Link } from "../../../../router";
import { ConsolePage, Loaded, useResource } from "../../../page";
import { useExtractWords } from "../../../text/extract";
import { ExtractDialog } from "./dialog";
import { ExtractTile } from "./tile";

const SOURCES = "/console/sources";

/** Where a data source's extracts are. */
export const extractsPath = (dataSourceId: string): string => `${SOURCES}/${dataSourceId}/extracts`;

/** The copies made of one data source's tables: how each of them is doing, and what can be done with it. */
export const ExtractsPage = observer(function ExtractsPage({ dataSourceId }: { dataSourceId: string }) {
  const { call } = useApp();
  const words = useExtractWords();
  const sources = useResource(() => listDataSources(call), "");
  const source = sources.data?.find(({ id }) => id === dataSourceId);
  if (source) return <Opened source={source} />;
  return (
    <ConsolePage title={words.title} intro={<Back />}>
      <Loaded resource={sources}>{() => <Nothing title={words.noSource} hint={words.noSourceHint} />}</Loaded>
    </ConsolePage>
  );
});

const Back = observer(function Back() {
  return <Link href={SOURCES}>← {useExtractWords().back}</Link>;
});

const Nothing = ({ title, hint }: { title: string; hint: string }) => (
  <Empty
    description={
      <>
        <strong>{title}</strong>
        <div>{hint}</div>
      </>
    }
  />
);

const Opened = observer(function Opened({ source }: { source: DataSourceItem }) {
  const { call } = useApp();
  const words = useExtractWords();
  const [store] = useState(() => new ExtractListStore({ call, later, dataSourceId: source.id }));
  const [open, setOpen] = useState<{ extract: ExtractItem | null } | null>(null);
  useEffect(() => {
    void store.load();
    return () => store.close();
  }, [store]);
  const actions = store.all.data && (
    <>
      <Button onClick={() => void store.load()}>{words.refresh}</Button>
      <Button type="primary" onClick={() => setOpen({ extract: null })}>
        {words.add}
      </Button>
    </>
  );
  const intro = (
    <>
      <Back />
      <div>{words.intro}</div>
    </>
  );
  return (
    <ConsolePage title={words.titleOf(source.name)} intro={intro} actions={actions}>
      <Loaded resource={store.all}>
        {() => (
          <Flex vertical gap={16}>
            {store.extracts.length === 0 && <Nothing title={words.empty} hint={words.emptyHint} />}
            {store.extracts.map((extract) => (
              <ExtractTile key={extract.id} extract={extract} store={store} change={() => setOpen({ extract })} />
            ))}
          </Flex>
        )}
      </Loaded>
      {open && (
        <ExtractDialog
          source={source}
          extract={open.extract}
          taken={(store.all.data ?? []).map(({ name }) => name)}
          close={(saved) => {
            setOpen(null);
            if (saved) store.put(saved);
          }}
        />
      )}
    </ConsolePage>
  );
});
