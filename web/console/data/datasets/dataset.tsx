import { Alert, App, Button, Descriptions, Flex, Tabs } from "antd";
import { observer } from "mobx-react-lite";
import { useEffect, useState } from "react";
import { formatMoment } from "../../../../core/report/format";
import type { Me } from "../../../../core/contract/session/session";
import { getDataset, removeDataset, type DatasetText, type Problem } from "../../../../client/api/dataset";
import { DatasetEditor, type Draft } from "../../../../client/stores/dataset/editor";
import { useApp } from "../../../app-context";
import { Link, navigate, setQuery, useLeaveGuard, useQuery } from "../../../router";
import { ConsolePage, Loaded, useResource } from "../../page";
import { useDoing } from "../../say";
import { useDatasetWords } from "../../text/dataset";
import { useShellWords } from "../../text/shell";
import { FormTab } from "./form/form-tab";
import { ModelTab } from "./model-tab";
import { Overview } from "./overview";
import { PreviewTab } from "./preview";
import { Reports } from "./reports";
import { RevisionsTab } from "./revisions";

const BASE = "/console/datasets";
const TABS = ["overview", "form", "model", "preview", "revisions"] as const;

/** One dataset: what it says, its text, how it looks to somebody, and what it was before. */
export const DatasetPage = observer(function DatasetPage({ name, me }: { name: string; me: Me }) {
  const { call } = useApp();
  const words = useDatasetWords();
  const shell = useShellWords();
  const resource = useResource(() => getDataset(call, name), name);
  if (resource.data) {
    return <Opened key={resource.data.revision} document={resource.data} me={me} reload={() => void resource.load()} />;
  }
  return (
    <ConsolePage title={shell.datasets} intro={<Link href={BASE}>← {words.back}</Link>}>
      <Loaded resource={resource}>{() => null}</Loaded>
    </ConsolePage>
  );
});

interface OpenedProps {
  document: DatasetText;
  me: Me;
  reload: () => void;
}

const Opened = observer(function Opened({ document, me, reload }: OpenedProps) {
  const words = useDatasetWords();
  const editor = useEditor(document, me);
  const wanted = useQuery("tab");
  const tab = TABS.find((each) => each === wanted) ?? "overview";
  /** The problem whose place in the text is wanted. */
  const [at, setAt] = useState<Problem | null>(null);
  const { saved } = editor;
  const administers = me.instanceOwner || me.role === "administrator";
  return (
    <ConsolePage
      title={saved.label}
      intro={<Link href={BASE}>← {words.back}</Link>}
      actions={<RemoveButton dataset={saved} />}
    >
      <Facts dataset={saved} />
      <Tabs
        activeKey={tab}
        onChange={(key) => setQuery({ tab: key })}
        items={[
          {
            key: "overview",
            label: words.tabs.overview,
            children: <Overview text={saved.text} groups={saved.groups} />,
          },
          {
            key: "form",
            label: words.tabs.form,
            children: (
              <FormTab
                editor={editor}
                administers={administers}
                enterpriseId={me.enterprise?.id ?? null}
                goTo={(problem) => {
                  setAt(problem);
                  setQuery({ tab: "model" });
                }}
              />
            ),
          },
          {
            key: "model",
            label: words.tabs.model,
            children: (
              <ModelTab key={at ? `${at.line}:${at.column}` : ""} editor={editor} administers={administers} at={at} />
            ),
          },
          {
            key: "preview",
            label: words.tabs.preview,
            children: <PreviewTab key={saved.revision} dataset={saved} me={me} administers={administers} />,
          },
          {
            key: "revisions",
            label: words.tabs.revisions,
            children: <RevisionsTab key={saved.revision} dataset={saved} restored={reload} />,
          },
        ]}
      />
    </ConsolePage>
  );
});

/** Texts whose session ended before they were saved: found again by the same person who signs in again. */
const drafts = new Map<string, Draft>();

/** The editor of a dataset's text, which nobody leaves unknowingly before it is saved. */
function useEditor(document: DatasetText, me: Me): DatasetEditor {
  const { call, session } = useApp();
  const key = [me.user.id, me.enterprise?.id, document.name].join("/");
  const [editor] = useState(() => new DatasetEditor(call, document, drafts.get(key)));
  const ask = useLeaveQuestion();
  useLeaveGuard(editor.dirty, ask);
  useEffect(() => {
    drafts.delete(key);
    return () => {
      const { state } = session;
      const ended = state.kind === "signedOut" && state.ended === true;
      if (ended && editor.dirty) drafts.set(key, { saved: editor.saved, text: editor.text });
    };
  }, [editor, key, session]);
  return editor;
}

function useLeaveQuestion(): () => Promise<boolean> {
  const words = useDatasetWords();
  const { modal } = App.useApp();
  return () =>
    new Promise((resolve) => {
      modal.confirm({
        title: words.leaveAsk,
        content: words.leaveHint,
        okText: words.leave,
        okButtonProps: { danger: true },
        cancelText: words.cancel,
        onOk: () => resolve(true),
        onCancel: () => resolve(false),
      });
    });
}

const Facts = observer(function Facts({ dataset }: { dataset: DatasetText }) {
  const { language } = useApp();
  const words = useDatasetWords();
  const { source, reports, revision, updatedAt, updatedBy, unchecked, name } = dataset;
  const updated = `${formatMoment(updatedAt, Date.now(), language.current)} · ${updatedBy?.name ?? words.script}`;
  return (
    <Flex vertical gap={12}>
      {unchecked && <Alert type="warning" showIcon title={words.unchecked} description={words.uncheckedHint} />}
      <Descriptions
        size="small"
        column={{ xs: 1, md: 2 }}
        items={[
          { key: "name", label: words.name, children: name },
          { key: "source", label: words.source, children: source.name ?? words.sources[source.kind] },
          { key: "updated", label: words.revisionOf(revision), children: updated },
          {
            key: "reports",
            label: words.usedBy,
            children: (
              <div>
                <Reports reports={reports} />
              </div>
            ),
          },
        ]}
      />
    </Flex>
  );
});

const RemoveButton = observer(function RemoveButton({ dataset }: { dataset: DatasetText }) {
  const { call } = useApp();
  const words = useDatasetWords();
  const shell = useShellWords();
  const doing = useDoing();
  const { modal } = App.useApp();
  const remove = (): void =>
    void modal.confirm({
      title: words.removeAsk(dataset.label),
      content: words.removeHint,
      okText: words.remove,
      okButtonProps: { danger: true },
      cancelText: shell.cancel,
      onOk: async () => {
        if (await doing(() => removeDataset(call, dataset.name), words.removed)) navigate(BASE, { unasked: true });
      },
    });
  return (
    <Button danger onClick={remove}>
      {words.remove}
    </Button>
  );
});
