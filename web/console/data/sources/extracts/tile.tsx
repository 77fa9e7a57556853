import { App, Button, Card, Descriptions, Flex, Tag } from "antd";
import { observer } from "mobx-react-lite";
import { Fragment } from "react";
import { cancelExtract, removeExtract, runExtract, type ExtractItem } from "../../../../../client/api/extract";
import { isUnderWay, type ExtractListStore } from "../../../../../client/stores/source/extract-list";
import type { ExtractRun } from "../../../../../core/contract/source/extract";
import { formatMoment } from "../../../../../core/report/format";
import { useApp } from "../../../../app-context";
import { copyText } from "../../../../clipboard";
import { Link, navigate } from "../../../../router";
import { useDoing } from "../../../say";
import { scheduleText, useExtractWords } from "../../../text/extract";
import { formatBytes } from "../../../text/file";
import { RemoveButton } from "../remove-button";
import { FaultAlert } from "./fault-alert";

interface TileProps {
  extract: ExtractItem;
  store: ExtractListStore;
  change: () => void;
}

const COLOURS: Record<ExtractRun["state"], string> = {
  queued: "default",
  running: "processing",
  done: "success",
  failed: "error",
  cancelled: "warning",
};
const DATASETS = "/console/datasets";

/** One extract: what it copies and when, how its last run went, and what can be done with it. */
export const ExtractTile = observer(function ExtractTile({ extract, store, change }: TileProps) {
  return (
    <Card
      title={
        <Flex gap={8} wrap align="center" justify="space-between">
          <h2 className="console-tile-name">{extract.name}</h2>
          <State run={extract.runs[0]} />
        </Flex>
      }
    >
      <Facts extract={extract} />
      <div className="console-result" aria-live="polite">
        <FaultAlert extract={extract} />
      </div>
      <Actions extract={extract} store={store} change={change} />
    </Card>
  );
});

const State = observer(function State({ run }: { run: ExtractRun | undefined }) {
  const { language } = useApp();
  const words = useExtractWords();
  return (
    <Flex gap={8} align="center">
      {/* Not told with the state: it changes each second. */}
      {run?.state === "running" && (
        <span className="console-cell-quiet">{words.readSoFar(run.rows.toLocaleString(language.current))}</span>
      )}
      <span role="status">
        <Tag color={run ? COLOURS[run.state] : "default"}>{run ? words.states[run.state] : words.neverRan}</Tag>
      </span>
    </Flex>
  );
});

const Facts = observer(function Facts({ extract }: { extract: ExtractItem }) {
  const { language } = useApp();
  const words = useExtractWords();
  const { table, columns, schedule, nextRunAt, source, datasets } = extract;
  const copied = columns === null ? words.allColumns : words.someColumns(columns.length);
  return (
    <Descriptions
      size="small"
      className="console-even"
      column={{ xs: 1, md: 2 }}
      items={[
        {
          key: "table",
          label: words.table,
          children: (
            <span>
              <span className="console-code">{`${table.schema}.${table.name}`}</span> · {copied}
            </span>
          ),
        },
        { key: "data", label: words.data, children: <Data data={extract.data} /> },
        { key: "schedule", label: words.schedule, children: scheduleText(words, schedule) },
        {
          key: "next",
          label: words.nextRun,
          children: nextRunAt ? formatMoment(nextRunAt, Date.now(), language.current) : words.noNextRun,
        },
        { key: "source", label: words.source, children: <span className="console-code">{source}</span> },
        { key: "datasets", label: words.usedBy, children: <Datasets names={datasets} /> },
      ]}
    />
  );
});

const Data = observer(function Data({ data }: { data: ExtractItem["data"] }) {
  const { language } = useApp();
  const words = useExtractWords();
  if (!data) return <span>{words.noData}</span>;
  const { asOf, rows, bytes } = data;
  return (
    <span>
      {[
        words.rows(rows.toLocaleString(language.current)),
        formatBytes(bytes),
        words.asOf(formatMoment(asOf, Date.now(), language.current)),
      ].join(" · ")}
    </span>
  );
});

const Datasets = observer(function Datasets({ names }: { names: readonly string[] }) {
  const words = useExtractWords();
  if (names.length === 0) return <span>{words.unused}</span>;
  return (
    <span>
      {names.map((name, index) => (
        <Fragment key={name}>
          {index > 0 && ", "}
          <Link href={`${DATASETS}/${name}`}>{name}</Link>
        </Fragment>
      ))}
    </span>
  );
});

const Actions = observer(function Actions({ extract, store, change }: TileProps) {
  const { call } = useApp();
  const words = useExtractWords();
  const doing = useDoing();
  const { message } = App.useApp();
  const { id, name, source } = extract;
  const named = (action: string) => ({ children: action, "aria-label": `${action}: ${name}` });
  // Whatever was refused, the list may be an older one than the server's.
  const ask = (work: typeof runExtract) => async (): Promise<void> => {
    if (!(await doing(async () => store.put(await work(call, id))))) await store.load();
  };
  const copy = async (): Promise<void> => {
    if (await copyText(source)) message.success(words.copied(source));
    else message.error(words.notCopied(source));
  };
  const remove = async (): Promise<void> => {
    await doing(() => removeExtract(call, id), words.removed);
    await store.load();
  };
  return (
    <Flex gap={8} wrap className="console-actions">
      {isUnderWay(extract) ? (
        <Button onClick={() => void ask(cancelExtract)()} {...named(words.cancelRun)} />
      ) : (
        <Button onClick={() => void ask(runExtract)()} {...named(words.run)} />
      )}
      <Button onClick={change} {...named(words.change)} />
      <Button onClick={() => void copy()} {...named(words.copy)} />
      {extract.data && (
        <Button
          onClick={() => navigate(`${DATASETS}?file=${encodeURIComponent(source)}`)}
          {...named(words.createDataset)}
        />
      )}
      <RemoveButton
        label={words.remove}
        name={name}
        title={words.removeTitle(name)}
        hint={words.removeHint}
        refusal={extract.datasets.length > 0 ? words.removeUsed(extract.datasets.join(", ")) : null}
        remove={remove}
      />
    </Flex>
  );
});
