import { Button, Flex, Table } from "antd";
import { observer } from "mobx-react-lite";
import { useState } from "react";
import type { FoundInFile, UploadSettings } from "../../../../client/api/file";
import { useApp } from "../../../app-context";
import { useFileWords } from "../../text/file";
import { ColumnTable, type WantedColumn } from "./column-table";
import { CsvOptions } from "./csv-options";
import { Findings } from "./findings";
import { ImportBar } from "./import-bar";
import type { UploadPanelProps } from "./upload-panel-props";

const SHOWN_COLUMNS = 50;

/** What was found in a file: corrected where it is wrong, then imported. */
export const InspectionForm = observer(function InspectionForm({ store, files, done }: UploadPanelProps) {
  const { language } = useApp();
  const words = useFileWords();
  const { upload } = store;
  const found = upload?.inspection;
  const [columns, setColumns] = useState<WantedColumn[]>(() => wantedColumns(found, upload?.settings));
  if (!upload || !found) return null;
  const changed = JSON.stringify(columns) !== JSON.stringify(wantedColumns(found, upload.settings));
  const again = (settings: UploadSettings): void => void store.inspect({ ...upload.settings, ...settings });
  const change = (index: number, part: Partial<WantedColumn>): WantedColumn[] =>
    columns.map((column, at) => (at === index ? { ...column, ...part } : column));
  return (
    <Flex vertical gap={16}>
      {found.csv && <CsvOptions found={found.csv} change={again} />}
      <Findings
        found={found}
        change={again}
        choose={(index, dayFormat) => again({ columns: change(index, { dayFormat }) })}
      />
      <ColumnTable found={found} columns={columns} change={(index, part) => setColumns(change(index, part))} />
      {found.csv && (
        <div>
          <Button disabled={!changed} onClick={() => again({ columns })}>
            {words.apply}
          </Button>
        </div>
      )}
      <Preview found={found} title={words.preview(new Intl.NumberFormat(language.current).format(found.rowCount))} />
      <ImportBar store={store} files={files} done={done} found={found} outdated={changed} />
    </Flex>
  );
});

/** What was said of each column; what was not said is found again. */
function wantedColumns(found: FoundInFile | null | undefined, settings: UploadSettings | undefined): WantedColumn[] {
  const said = settings?.columns?.length === found?.columns.length ? settings?.columns : undefined;
  return (found?.columns ?? []).map(({ name }, index) => ({ ...said?.[index], name }));
}

function Preview({ found, title }: { found: FoundInFile; title: string }) {
  return (
    <div className="console-scroll" tabIndex={0} role="region" aria-label={title}>
      <strong>{title}</strong>
      <Table
        rowKey="row"
        size="small"
        pagination={false}
        dataSource={found.rows.map((cells, row) => ({ row, cells }))}
        columns={found.columns.slice(0, SHOWN_COLUMNS).map(({ name }, index) => ({
          key: name,
          title: name,
          render: (_: unknown, { cells }: { cells: FoundInFile["rows"][number] }) => String(cells[index] ?? ""),
        }))}
      />
    </div>
  );
}
