import { Button, Empty, Flex, Table, Tag } from "antd";
import { observer } from "mobx-react-lite";
import { useState } from "react";
import { formatMoment } from "../../../../core/report/format";
import type { Me } from "../../../../core/contract/session/session";
import { listDatasets, type DatasetItem } from "../../../../client/api/dataset";
import { useApp } from "../../../app-context";
import { Link, navigate, setQuery, usePath, useQuery } from "../../../router";
import { ConsolePage, Loaded, useResource } from "../../page";
import { useDatasetWords } from "../../text/dataset";
import { useShellWords } from "../../text/shell";
import { CreateDialog } from "./create-dialog";
import { DatasetPage } from "./dataset";
import { Reports } from "./reports";

const BASE = "/console/datasets";

/** The models that reports ask: all of them, or the one that the address names. */
export const DatasetsPage = observer(function DatasetsPage({ me }: { me: Me }) {
  const name = /^\/console\/datasets\/([a-z][a-z0-9_]*)/.exec(usePath())?.[1];
  return name === undefined ? <DatasetList /> : <DatasetPage key={name} name={name} me={me} />;
});

const DatasetList = observer(function DatasetList() {
  const { call, language } = useApp();
  const words = useDatasetWords();
  const shell = useShellWords();
  const list = useResource(() => listDatasets(call), "");
  const file = useQuery("file");
  const [creating, setCreating] = useState(file !== null);
  const close = (): void => {
    setCreating(false);
    setQuery({ file: "" });
  };
  const add = (
    <Button type="primary" onClick={() => setCreating(true)}>
      {words.add}
    </Button>
  );
  return (
    <ConsolePage title={shell.datasets} intro={words.intro} actions={list.data && add}>
      <Loaded resource={list}>
        {(datasets) =>
          datasets.length === 0 ? (
            <Empty
              description={
                <>
                  <strong>{words.empty}</strong>
                  <div>{words.emptyHint}</div>
                </>
              }
            />
          ) : (
            <div className="console-scroll">
              <Table<DatasetItem>
                rowKey="name"
                pagination={false}
                dataSource={datasets}
                columns={[
                  { title: words.label, render: (_, each) => <NameCell dataset={each} /> },
                  { title: words.source, render: (_, { source }) => source.name ?? words.sources[source.kind] },
                  { title: words.usedBy, render: (_, { reports }) => <Reports reports={reports} /> },
                  {
                    title: words.updated,
                    render: (_, { updatedAt, updatedBy }) => (
                      <>
                        {formatMoment(updatedAt, Date.now(), language.current)}
                        <div className="console-cell-quiet">{updatedBy?.name ?? words.script}</div>
                      </>
                    ),
                  },
                ]}
              />
            </div>
          )
        }
      </Loaded>
      {creating && <CreateDialog file={file} close={close} created={(name) => navigate(`${BASE}/${name}`)} />}
    </ConsolePage>
  );
});

const NameCell = observer(function NameCell({ dataset }: { dataset: DatasetItem }) {
  const words = useDatasetWords();
  return (
    <>
      <Flex gap={8} align="center" wrap>
        <Link href={`${BASE}/${dataset.name}`}>{dataset.label}</Link>
        {dataset.unchecked && <Tag color="warning">{words.unchecked}</Tag>}
      </Flex>
      <div className="console-cell-quiet">{dataset.name}</div>
    </>
  );
});
