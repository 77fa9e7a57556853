import fc from "fast-check";
import { DatasetModel } from "../../../../core/contract/dataset/dataset";
import type { DatasetText } from "../../../api/dataset";
import { DatasetEditor } from "../editor";
import { DatasetForm } from "./form";

/** Written by hand: keys out of our order, an own expression, two spaces here and there. */
const TEXT = `{
  "version": 1,
  "dingboard": {
    "label": "订单",  "asOf": "now",
    "dimensions": { "region": { "label": "大区" } },
    "measures": { "total": { "label": "总额", "format": { "kind": "number" } } }
  },
  "semantic_model": {
    "name": "orders",
    "datasets": [
      {
        "name": "orders",
        "source": "orders.csv",
        "metrics": [
          { "name": "total", "expression": { "dialects": [{ "dialect": "ANSI_SQL", "expression": "SUM(amount)" }] } },
          { "name": "odd", "expression": { "dialects": [{ "dialect": "ANSI_SQL", "expression": "SUM(amount) - 1" }] } }
        ],
        "fields": [
          { "name": "day", "datatype": "Date", "expression": { "dialects": [{ "dialect": "ANSI_SQL", "expression": "day" }] } },
          { "name": "region", "expression": { "dialects": [{ "dialect": "ANSI_SQL", "expression": "region" }] }, "datatype": "String" },
          { "name": "amount", "datatype": "Decimal", "expression": { "dialects": [{ "dialect": "ANSI_SQL", "expression": "amount" }] } }
        ]
      }
    ]
  }
}
`;

function formOver(text = TEXT): { editor: DatasetEditor; form: DatasetForm; said: () => DatasetModel } {
  const never = () => Promise.reject(new Error("A form asks nothing of the server."));
  const editor = new DatasetEditor(never as never, { text, revision: 1, name: "orders" } as DatasetText);
  return { editor, form: new DatasetForm(editor), said: () => DatasetModel.parse(JSON.parse(editor.text)) };
}

const lines = (text: string): string[] => text.split("\n").map((line) => line.trim());

describe("a dataset's form", () => {
  it("shows what the text says, with measures in words where they have some", () => {
    const { document } = formOver().form;
    expect(document?.fields.map(({ name, label, datatype }) => [name, label, datatype])).toEqual([
      ["day", "day", "Date"],
      ["region", "大区", "String"],
      ["amount", "amount", "Decimal"],
    ]);
    expect(document?.measures.map(({ shape }) => shape)).toEqual([
      { kind: "field", aggregation: "sum", field: "amount" },
      { kind: "expression", expression: "SUM(amount) - 1" },
    ]);
  });

  it("leaves every other line as its author wrote it", () => {
    const { editor, form, said } = formOver();
    const [day] = form.document?.fields ?? [];
    if (!day) throw new Error("no field");
    form.changeField(day, { label: "下单日", description: "按北京时间", folder: "时间" });
    expect(said().dingboard.dimensions["day"]).toEqual({ label: "下单日" });
    expect(said().semantic_model.datasets[0]?.fields[0]).toMatchObject({ description: "按北京时间", label: "时间" });
    const kept = lines(TEXT).filter((line) => !line.includes('"day"') && !line.includes('"dimensions"'));
    expect(lines(editor.text)).toEqual(expect.arrayContaining(kept));
  });

  it("gives a name to what had only its own, and takes a format away again", () => {
    const { form, said } = formOver();
    const amount = () => form.document?.fields.find(({ name }) => name === "amount") as never;
    form.changeField(amount(), { format: { kind: "currency", currency: "CNY" } });
    expect(said().dingboard.dimensions["amount"]).toEqual({
      label: "amount",
      format: { kind: "currency", currency: "CNY" },
    });
    form.changeField(amount(), { format: undefined });
    expect(said().dingboard.dimensions["amount"]).toEqual({ label: "amount" });
  });

  it("makes measures by choosing, each with a name that is free", () => {
    const { form, said } = formOver();
    const first = form.addMeasure("orders", { kind: "field", aggregation: "distinctCount", field: "region" }, "大区数");
    const again = form.addMeasure("orders", { kind: "field", aggregation: "distinctCount", field: "region" }, "又一次");
    const rows = form.addMeasure("orders", { kind: "rows" }, "行数");
    const ratio = form.addMeasure("orders", { kind: "ratio", numerator: "total", denominator: "row_count" }, "均价");
    expect([first, again, rows, ratio]).toEqual([
      "distinct_region",
      "distinct_region_2",
      "row_count",
      "total_per_row_count",
    ]);
    const metrics = said().semantic_model.datasets[0]?.metrics ?? [];
    expect(metrics.slice(2).map(({ expression }) => expression.dialects[0]?.expression)).toEqual([
      "COUNT(DISTINCT region)",
      "COUNT(DISTINCT region)",
      "COUNT(*)",
      "(SUM(amount)) * 1.0 / NULLIF(COUNT(*), 0)",
    ]);
    expect(form.document?.measures.at(-1)?.shape).toEqual({
      kind: "ratio",
      numerator: "total",
      denominator: "row_count",
    });
    expect(form.addMeasure("orders", { kind: "field", aggregation: "sum", field: "gone" }, "无")).toBeNull();
  });

  it("removes a measure with its settings", () => {
    const { form, said } = formOver();
    const total = form.document?.measures[0];
    if (!total) throw new Error("no measure");
    form.removeMeasure(total);
    expect(said().semantic_model.datasets[0]?.metrics?.map(({ name }) => name)).toEqual(["odd"]);
    expect(said().dingboard.measures).toEqual({});
  });

  it("takes back change by change, but never what was written in the text since", () => {
    const { editor, form } = formOver();
    form.setLabel("新名");
    form.addMeasure("orders", { kind: "rows" }, "行数");
    form.undo();
    expect(form.document?.measures).toHaveLength(2);
    expect(form.document?.label).toBe("新名");
    editor.edit(editor.text.replace("新名", "手写"));
    expect(form.undoable).toBe(false);
    form.undo();
    expect(form.document?.label).toBe("手写");
  });

  it("has no form for a text that is broken, and one again when it is mended", () => {
    const { editor, form } = formOver();
    editor.edit(TEXT.slice(0, -10));
    expect(form.document).toBeNull();
    editor.edit(TEXT);
    expect(form.document?.label).toBe("订单");
  });

  it("is a valid document after any changes, with all fields in it", () => {
    const change = fc.oneof(
      fc.record({ do: fc.constant("move" as const), field: fc.nat(2), by: fc.constantFrom(-1 as const, 1 as const) }),
      fc.record({ do: fc.constant("hide" as const), field: fc.nat(2), hidden: fc.boolean() }),
      fc.record({
        do: fc.constant("label" as const),
        field: fc.nat(2),
        label: fc.string({ minLength: 1, maxLength: 20 }),
      }),
      fc.record({ do: fc.constant("add" as const), field: fc.nat(2), aggregation: fc.constantFrom("sum", "count") }),
    );
    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
        const { form, said } = formOver();
        for (const each of changes) {
          const field = form.document?.fields[each.field];
          if (!field) throw new Error("a field is gone");
          if (each.do === "move") form.moveField(field, each.by);
          else if (each.do === "hide") form.changeField(field, { hidden: each.hidden });
          else if (each.do === "label") form.changeField(field, { label: each.label });
          else
            form.addMeasure(
              "orders",
              { kind: "field", aggregation: each.aggregation as "sum", field: field.name },
              "新",
            );
        }
        const [orders] = said().semantic_model.datasets;
        expect(orders?.fields.map(({ name }) => name).sort()).toEqual(["amount", "day", "region"]);
        const added = changes.filter((each) => each.do === "add").length;
        expect(orders?.metrics).toHaveLength(2 + added);
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});
