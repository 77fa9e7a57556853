import { naturalOrder } from "./natural-order";

it.each([
  [
    ["10月", "11月", "1月", "2月"],
    ["1月", "2月", "10月", "11月"],
  ],
  [
    ["上海", "北京", "广州", "东城"],
    ["北京", "东城", "广州", "上海"],
  ],
  [
    ["第10周", "第9周", "Store 12", "Store 2"],
    ["第9周", "第10周", "Store 2", "Store 12"],
  ],
  [
    ["b", "", "a", "A"],
    ["", "a", "A", "b"],
  ],
])("orders %j as people expect it", (texts, ordered) => expect([...texts].sort(naturalOrder)).toEqual(ordered));

it("never takes two texts for one", () => {
  expect([naturalOrder("01", "1"), naturalOrder("1", "01"), naturalOrder("x", "x")]).toEqual([-1, 1, 0]);
});
