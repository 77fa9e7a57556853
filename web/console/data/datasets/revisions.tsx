import { App, Button, Flex, Modal, Table, Tag } from "antd";
import { observer } from "mobx-react-lite";
import { useState } from "react";
import { formatMoment } from "../../../../core/report/format";
import {
  getRevision,
  listRevisions,
  restoreRevision,
  type DatasetText,
  type RevisionItem,
} from "../../../../client/api/dataset";
import { useApp } from "../../../app-context";
import { mayLeave } from "../../../router";
import { Loaded, useResource } from "../../page";
import { useDoing } from "../../say";
import { useDatasetWords } from "../../text/dataset";
import { useShellWords } from "../../text/shell";
import { Difference } from "./code-view";

/** Every text that the dataset had; each can be compared with the current one and taken again. */
export const RevisionsTab = observer(function RevisionsTab({
  dataset,
  restored,
}: {
  dataset: DatasetText;
  restored: () => void;
}) {
  const { call, language } = useApp();
  const words = useDatasetWords();
  const shell = useShellWords();
  const doing = useDoing();
  const { modal } = App.useApp();
  const list = useResource(() => listRevisions(call, dataset.name), `${dataset.name}/${dataset.revision}`);
  const [compared, setCompared] = useState<number | null>(null);
  const restore = async (revision: number): Promise<void> => {
    if (!(await mayLeave())) return; // what is not saved in the editor would be gone
    void modal.confirm({
      title: words.restoreAsk(revision),
      content: words.restoreHint,
      okText: words.restore,
      cancelText: shell.cancel,
      onOk: async () => {
        const work = async (): Promise<void> => {
          await restoreRevision(call, dataset.name, revision, { current: dataset.revision });
        };
        if (await doing(work, words.restored)) restored();
      },
    });
  };
  return (
    <Loaded resource={list}>
      {(revisions) => (
        <div className="console-scroll">
          <Table<RevisionItem>
            rowKey="revision"
            size="small"
            pagination={revisions.length > 20 && { pageSize: 20, showSizeChanger: false }}
            dataSource={revisions}
            columns={[
              {
                title: words.tabs.revisions,
                render: (_, { revision, unchecked, restoredFrom }) => (
                  <Flex gap={6} wrap align="center">
                    {words.revisionOf(revision)}
                    {revision === dataset.revision && <Tag color="success">{words.currentOne}</Tag>}
                    {unchecked && <Tag color="warning">{words.unchecked}</Tag>}
                    {restoredFrom !== null && (
                      <span className="console-cell-quiet">{words.restoredFrom(restoredFrom)}</span>
                    )}
                  </Flex>
                ),
              },
              { title: words.at, render: (_, { at }) => formatMoment(at, Date.now(), language.current) },
              { title: words.by, render: (_, { by }) => by?.name ?? words.script },
              {
                title: shell.actions,
                render: (_, { revision }) =>
                  revision !== dataset.revision && (
                    <Flex gap={8} wrap>
                      <Button size="small" onClick={() => setCompared(revision)}>
                        {words.compare}
                      </Button>
                      <Button size="small" onClick={() => void restore(revision)}>
                        {words.restore}
                      </Button>
                    </Flex>
                  ),
              },
            ]}
          />
          {compared !== null && <Compared dataset={dataset} revision={compared} close={() => setCompared(null)} />}
        </div>
      )}
    </Loaded>
  );
});

const Compared = observer(function Compared({
  dataset,
  revision,
  close,
}: {
  dataset: DatasetText;
  revision: number;
  close: () => void;
}) {
  const { call } = useApp();
  const words = useDatasetWords();
  const earlier = useResource(() => getRevision(call, dataset.name, revision), String(revision));
  const title = words.compareTitle(revision);
  return (
    <Modal open width={900} title={title} footer={null} onCancel={close}>
      <Loaded resource={earlier}>
        {({ text }) => <Difference before={text} after={dataset.text} label={title} />}
      </Loaded>
    </Modal>
  );
});
