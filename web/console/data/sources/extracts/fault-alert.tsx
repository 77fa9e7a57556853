import { Alert, Flex, Typography } from "antd";
import { observer } from "mobx-react-lite";
import type { ExtractItem } from "../../../../../client/api/extract";
import type { ExtractFaultCode } from "../../../../../core/contract/source/extract";
import { formatMoment } from "../../../../../core/report/format";
import { useApp } from "../../../../app-context";
import { Link } from "../../../../router";
import { useExtractWords, useFaultWords } from "../../../text/extract";
import { useSourceWords } from "../../../text/source";

/** Whose cause are the names of columns; all others tell what the other side said. */
const OF_COLUMNS: readonly ExtractFaultCode[] = ["column_missing", "not_exact"];

/** Why the last run failed, what to do next, and what reports show meanwhile. Nothing where it did not fail. */
export const FaultAlert = observer(function FaultAlert({ extract }: { extract: ExtractItem }) {
  const { language } = useApp();
  const words = useExtractWords();
  const faults = useFaultWords();
  const [run] = extract.runs;
  if (run?.state !== "failed") return null;
  const fault = run.fault ?? "failed";
  const { title, mend } = faults[fault];
  // What is said in a data source's own words is mended in its settings.
  const ofSource = fault === "tls_failed" || !(fault in words.faults);
  const moment = (iso: string): string => formatMoment(iso, Date.now(), language.current);
  const failed = words.failedAt(moment(run.finishedAt ?? run.queuedAt));
  const kept = extract.data ? words.kept(moment(extract.data.asOf)) : words.nothingKept;
  return (
    <Alert
      type="error"
      showIcon
      title={words.failedWith(title)}
      description={
        <Flex vertical gap={4}>
          <span>{mend}</span>
          {ofSource && <Link href="/console/sources">{words.editSource}</Link>}
          {run.cause && <Cause ofColumns={OF_COLUMNS.includes(fault)} cause={run.cause} />}
          <span>
            {failed} {kept}
          </span>
        </Flex>
      }
    />
  );
});

const Cause = observer(function Cause({ ofColumns, cause }: { ofColumns: boolean; cause: string }) {
  const words = useExtractWords();
  const source = useSourceWords();
  return (
    <Typography.Text type="secondary" className="console-said">
      {ofColumns ? words.columns : source.said}: {cause}
    </Typography.Text>
  );
});
