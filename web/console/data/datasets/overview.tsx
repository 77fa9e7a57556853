import { Flex, Table, Typography } from "antd";
import { observer } from "mobx-react-lite";
import type { ReactNode } from "react";
import type { z } from "zod";
import type { DatasetModel } from "../../../../core/contract/dataset/dataset";
import type { DatasetText } from "../../../../client/api/dataset";
import { useDatasetWords } from "../../text/dataset";

export type Model = z.input<typeof DatasetModel>;
type Expression = Model["semantic_model"]["datasets"][number]["fields"][number]["expression"];
type Policy = NonNullable<Model["dingboard"]["access_policy"]>[number];

/** A text that was saved: the server has checked it. */
export function modelOf(text: string): Model {
  return JSON.parse(text) as Model;
}

/** All metrics of a model. */
export function metricsIn({ semantic_model: semantic }: Model) {
  return [...semantic.datasets.flatMap(({ metrics = [] }) => metrics), ...(semantic.metrics ?? [])];
}

/** What a dataset's model says, as tables to read. */
export const Overview = observer(function Overview({ text, groups }: Pick<DatasetText, "text" | "groups">) {
  const words = useDatasetWords();
  const model = modelOf(text);
  const { datasets, relationships = [] } = model.semantic_model;
  const { dimensions = {}, measures = {}, access_policy: policies = [] } = model.dingboard;
  return (
    <Flex vertical gap={24}>
      <Part title={words.tables}>
        <Rows
          rows={datasets.map(({ name, source, primary_key = [] }) => ({
            name,
            source: shown(source),
            key: primary_key.join(", "),
          }))}
          columns={{ name: words.tableName, source: words.source, key: words.key }}
        />
      </Part>
      {relationships.length > 0 && (
        <Part title={words.relationships}>
          <Rows
            rows={relationships.map(({ name, from, to, from_columns, to_columns }) => ({
              name,
              from,
              to,
              on: from_columns.map((column, at) => `${column} = ${to_columns[at]}`).join(", "),
            }))}
            columns={{ from: words.from, to: words.to, on: words.on }}
          />
        </Part>
      )}
      <Part title={words.fields}>
        <Rows
          rows={datasets.flatMap((dataset) =>
            dataset.fields.map(({ name, datatype, expression }) => ({
              name: dimensions[name]?.label ?? name,
              id: name,
              table: dataset.name,
              datatype,
              expression: <Code expression={expression} />,
            })),
          )}
          columns={{
            name: words.label,
            id: words.name,
            table: words.tables,
            datatype: words.datatype,
            expression: words.expression,
          }}
        />
      </Part>
      <Part title={words.measures}>
        <Rows
          rows={metricsIn(model).map(({ name, expression }) => ({
            name: measures[name]?.label ?? name,
            id: name,
            expression: <Code expression={expression} />,
          }))}
          columns={{ name: words.label, id: words.name, expression: words.expression }}
        />
      </Part>
      <Part title={words.policies}>
        {policies.length === 0 ? (
          <Typography.Text type="secondary">{words.noPolicies}</Typography.Text>
        ) : (
          <Policies policies={policies} groups={groups} />
        )}
      </Part>
    </Flex>
  );
});

const Policies = observer(function Policies({
  policies,
  groups: named,
}: {
  policies: Policy[];
  groups: DatasetText["groups"];
}) {
  const words = useDatasetWords();
  const whom = ({ group, groups = [] }: Policy): ReactNode =>
    [group ?? [], groups]
      .flat()
      .map((each) => <Whom key={each} group={each} name={named.find((one) => one.group === each)?.name} />);
  const members = ({ member_level: level }: Policy): string => {
    const { includes = "*", excludes = [] } = level ?? {};
    const all = includes === "*" ? words.allMembers : includes.join(", ");
    const without = excludes === "*" ? words.allMembers : excludes.join(", ");
    return without === "" ? all : `${all}, ${words.without(without)}`;
  };
  const rows = ({ row_level: level }: Policy): string =>
    level?.filters
      ?.map(({ member, operator, values = [] }) => `${member} ${operator} ${values.join(", ")}`)
      .join(" · ") ?? words.allRows;
  return (
    <Rows
      rows={policies.map((policy) => ({
        whom: whom(policy),
        members: members(policy),
        rows: rows(policy),
      }))}
      columns={{ whom: words.whom, members: words.members, rows: words.rows }}
    />
  );
});

/** Who a policy is for, as people know them; who is named by an id has it below the name. */
const Whom = observer(function Whom({ group, name }: { group: string; name: string | undefined }) {
  const words = useDatasetWords();
  const [, kind = "", id = ""] = /^([a-z]+):(.*)$/.exec(group) ?? [];
  if (group === "*") return <div>{words.everybody}</div>;
  if (kind === "role") return <div>{words.roles[id] ?? group}</div>;
  if (kind === "attribute") return <div>{words.groups.attribute(id)}</div>;
  const called = words.groups[kind as "user" | "department" | "enterprise"];
  return (
    <div>
      {called(name ?? words.unknownName)}
      <div className="console-cell-quiet console-said">{id}</div>
    </div>
  );
});

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <Typography.Title level={2} className="console-part">
        {title}
      </Typography.Title>
      {children}
    </section>
  );
}

function Rows<Row extends Record<string, ReactNode>>({
  rows,
  columns,
}: {
  rows: Row[];
  columns: Partial<Record<keyof Row & string, string>>;
}) {
  const numbered = rows.map((row, index) => ({ ...row, "#": index }));
  return (
    <div className="console-scroll">
      <Table<Record<string, ReactNode>>
        rowKey="#"
        size="small"
        pagination={rows.length > 50 && { pageSize: 50, showSizeChanger: false }}
        dataSource={numbered}
        columns={Object.entries(columns).map(([key, title]) => ({ dataIndex: key, title: String(title) }))}
      />
    </div>
  );
}

function Code({ expression }: { expression: Expression }) {
  return (
    <>
      {expression.dialects.map(({ dialect, expression: text }) => (
        <div key={dialect}>
          <code className="console-expression">{text}</code>
          {dialect !== "ANSI_SQL" && <span className="console-cell-quiet"> {dialect}</span>}
        </div>
      ))}
    </>
  );
}

const MOST_SHOWN = 200;

function shown(source: string): string {
  return source.length > MOST_SHOWN ? `${source.slice(0, MOST_SHOWN)}…` : source;
}
