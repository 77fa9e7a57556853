import { Alert } from "antd";
import { observer } from "mobx-react-lite";
import type { ColumnEffect } from "../../../../client/api/file";
import { useFileWords } from "../../text/file";

/** What datasets would miss, the columns of each under its name. */
export const EffectList = observer(function EffectList({ effects }: { effects: ColumnEffect[] }) {
  const words = useFileWords();
  const said = ({ column, was, becomes, members }: ColumnEffect): string => {
    const change =
      was === null || becomes === null
        ? words.columnMissing(column)
        : words.columnKind(column, words.types[was], words.types[becomes]);
    return members.length === 0 ? change : `${change} · ${words.madeOf(members.join(", "))}`;
  };
  const labels = new Map(effects.map(({ dataset, label }) => [dataset, label]));
  return (
    <>
      {[...labels].map(([dataset, label]) => (
        <div key={dataset}>
          <strong>{label}</strong>
          <ul className="console-effects">
            {effects
              .filter((effect) => effect.dataset === dataset)
              .map((effect) => (
                <li key={effect.column}>{said(effect)}</li>
              ))}
          </ul>
        </div>
      ))}
    </>
  );
});

/** The same before anybody has asked to import. */
export const EffectAlert = observer(function EffectAlert({ effects }: { effects: ColumnEffect[] }) {
  const words = useFileWords();
  if (effects.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      role="status"
      title={words.affected}
      description={<EffectList effects={effects} />}
    />
  );
});
