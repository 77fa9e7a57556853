import fc from "fast-check";
import { compareNumbers, typedNumber } from "./digits";

it.each([
  ["12", 12],
  ["-0.5", -0.5],
  ["1e3", 1000],
  ["0012.50", 12.5],
  ["9007199254740993", "9007199254740993"],
  ["12345678901234568", "12345678901234568"],
  ["-12345678901234567", "-12345678901234567"],
  ["0.30000000000000004441", 0.30000000000000004],
  ["123456789012345.6789", "123456789012345.6789"],
  ["", null],
  ["12a", null],
  ["1,000", null],
  ["Infinity", null],
])("reads a typed %j as %j", (text, value) => expect(typedNumber(text)).toBe(value));

it("orders numbers of any length as they are", () => {
  const digits = fc.tuple(fc.bigInt(-(10n ** 25n), 10n ** 25n), fc.nat(999)).map(([whole, places]) => {
    return {
      text: `${whole}.${String(places).padStart(3, "0")}`,
      value: whole * 1000n + (whole < 0n ? -1n : 1n) * BigInt(places),
    };
  });
  fc.assert(
    fc.property(digits, digits, (a, b) => {
      const order = a.value < b.value ? -1 : a.value > b.value ? 1 : 0;
      expect(Math.sign(compareNumbers(a.text, b.text))).toBe(order);
      expect(compareNumbers(a.text, a.text)).toBe(0);
    }),
  );
  expect(compareNumbers("0", -0)).toBe(0);
  expect(compareNumbers("1e3", 999)).toBeGreaterThan(0);
});
