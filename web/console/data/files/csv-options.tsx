import { Flex, InputNumber, Select, Switch } from "antd";
import { observer } from "mobx-react-lite";
import type { ReactNode } from "react";
import type { FoundInFile, UploadSettings } from "../../../../client/api/file";
import { useFileWords } from "../../text/file";

type Csv = NonNullable<FoundInFile["csv"]>;

const ENCODINGS = [
  { value: "utf-8", label: "UTF-8" },
  { value: "gb18030", label: "GBK / GB18030" },
  { value: "utf-16le", label: "UTF-16 LE" },
  { value: "utf-16be", label: "UTF-16 BE" },
  { value: "big5", label: "Big5" },
  { value: "shift_jis", label: "Shift-JIS" },
  { value: "euc-kr", label: "EUC-KR" },
  { value: "windows-1252", label: "Windows-1252 / Latin-1" },
] satisfies { value: Csv["encoding"]; label: string }[];

/** How days are written, with an example of each. */
export const DAYS = [
  ["%Y-%m-%d", "2026-11-28"],
  ["%Y/%m/%d", "2026/11/28"],
  ["%Y.%m.%d", "2026.11.28"],
  ["%Y%m%d", "20261128"],
  ["%Y年%m月%d日", "2026年11月28日"],
  ["%d/%m/%Y", "28/11/2026"],
  ["%m/%d/%Y", "11/28/2026"],
  ["%d.%m.%Y", "28.11.2026"],
  ["%d-%m-%Y", "28-11-2026"],
  ["%m-%d-%Y", "11-28-2026"],
  ["%Y年%m月", "2026年11月"],
  ["%Y-%m", "2026-11"],
  ["%Y/%m", "2026/11"],
  ["%Y%m", "202611"],
  ["%YQ%q", "2026Q4"],
  ["Q%q %Y", "Q4 2026"],
] satisfies [NonNullable<Csv["dayFormat"]>, string][];

/** How a CSV file is read; a change reads it anew. Only its encoding, where it could not be read yet. */
export const CsvOptions = observer(function CsvOptions({
  found,
  change,
}: {
  found: Csv | null;
  change: (settings: UploadSettings) => void;
}) {
  const words = useFileWords();
  return (
    <Flex gap={12} wrap align="end">
      <Labelled text={words.encoding}>
        <Select
          className="console-choice"
          aria-label={words.encoding}
          value={found?.encoding ?? null}
          options={ENCODINGS}
          onChange={(encoding) => encoding && change({ encoding })}
        />
      </Labelled>
      {found && (
        <>
          <Labelled text={words.delimiter}>
            <Select
              className="console-choice"
              aria-label={words.delimiter}
              value={found.delimiter}
              options={([",", ";", "\t", "|"] as const).map((value) => ({
                value,
                label: value === "\t" ? words.tab : value,
              }))}
              onChange={(delimiter) => change({ delimiter, columns: undefined })}
            />
          </Labelled>
          <Labelled text={words.dayFormat}>
            <Select
              className="console-choice"
              aria-label={words.dayFormat}
              value={found.dayFormat}
              placeholder={words.iso}
              options={DAYS.map(([value, label]) => ({ value, label }))}
              onChange={(dayFormat) => dayFormat && change({ dayFormat })}
            />
          </Labelled>
          <Labelled text={words.skip}>
            <InputNumber
              aria-label={words.skip}
              min={0}
              max={1_000}
              value={found.skip}
              changeOnBlur
              onChange={(skip) => change({ skip: skip ?? 0, columns: undefined })}
            />
          </Labelled>
          <Labelled text={words.header}>
            <Switch
              aria-label={words.header}
              checked={found.header}
              onChange={(header) => change({ header, columns: undefined })}
            />
          </Labelled>
        </>
      )}
    </Flex>
  );
});

function Labelled({ text, children }: { text: string; children: ReactNode }) {
  return (
    <div>
      <div className="console-cell-quiet">{text}</div>
      {children}
    </div>
  );
}
