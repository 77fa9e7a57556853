import { Alert, Button, Flex } from "antd";
import { observer } from "mobx-react-lite";
import type { FoundInFile, UploadSettings } from "../../../../client/api/file";
import { useFileWords } from "../../text/file";
import type { DAYS } from "./csv-options";

type DayFormat = (typeof DAYS)[number][0];

interface FindingsProps {
  found: FoundInFile;
  change: (settings: UploadSettings) => void;
  /** How the days of a column are written. */
  choose: (column: number, dayFormat: DayFormat) => void;
}

/** What somebody has to decide or to know before a file is imported. */
export const Findings = observer(function Findings({ found, change, choose }: FindingsProps) {
  const words = useFileWords();
  const { csv } = found;
  return (
    <>
      {found.columns.map(({ name, dayFormat, doubts }, index) => {
        const doubt = doubts.find(({ code }) => code === "day_order");
        if (!doubt || dayFormat === null) return null;
        return (
          <Alert
            key={name}
            type="warning"
            showIcon
            role="alert"
            title={words.dayOrder(name, doubt.texts[0] ?? "")}
            description={
              <Flex gap={8} wrap>
                {ordersOf(dayFormat).map((format) => (
                  <Button key={format} size="small" onClick={() => choose(index, format)}>
                    {format.startsWith("%d") ? words.dayFirst : words.monthFirst}
                  </Button>
                ))}
              </Flex>
            }
          />
        );
      })}
      {csv && csv.guessed.length > 0 && (
        <Alert type="warning" showIcon role="status" title={words.guessed} description={csv.guessed.map(lineOf)} />
      )}
      {csv && (csv.totals.length > 0 || csv.keepTotals) && (
        <Alert
          type="info"
          showIcon
          role="status"
          title={csv.keepTotals ? words.totalsKept : words.totals(csv.totals.map(({ line }) => line).join(", "))}
          description={csv.totals.map(({ text }) => lineOf(text))}
          action={
            <Button size="small" onClick={() => change({ keepTotals: !csv.keepTotals })}>
              {csv.keepTotals ? words.leaveTotals : words.keepTotals}
            </Button>
          }
        />
      )}
      {csv && (csv.emptyRows > 0 || csv.skip > 0) && (
        <Alert type="info" showIcon role="status" title={words.passedOver(csv.skip, csv.emptyRows)} />
      )}
      <Misfits found={found} />
    </>
  );
});

function lineOf(text: string) {
  return <div key={text}>{text}</div>;
}

function ordersOf(format: DayFormat): DayFormat[] {
  return format.includes("-") ? ["%d-%m-%Y", "%m-%d-%Y"] : ["%d/%m/%Y", "%m/%d/%Y"];
}

const Misfits = observer(function Misfits({ found: { leftOut } }: { found: FoundInFile }) {
  const words = useFileWords();
  if (leftOut.count === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      role="status"
      title={words.misfits(`${leftOut.count}${leftOut.more ? "+" : ""}`)}
      description={
        <ul className="console-effects">
          {leftOut.lines.slice(0, 10).map(({ line, column, fault, text }, index) => (
            <li key={index}>
              {[words.line(line), column, words.faults[fault]].filter(Boolean).join(" · ")}: {text}
            </li>
          ))}
        </ul>
      }
    />
  );
});
