import { DataFileName, suggestFileName } from "./file";

it.each([
  ["Sales 2026.csv", "Sales_2026.parquet"],
  ["字".repeat(200) + ".csv", "字".repeat(82) + ".parquet"],
  ["𠮷".repeat(100) + ".csv", "𠮷".repeat(61) + ".parquet"],
  ["x".repeat(200), "x".repeat(100) + ".parquet"],
  ["...", "data.parquet"],
])("%s is suggested a name that a disk takes", (name, suggested) => {
  expect(suggestFileName(name)).toBe(suggested);
  expect(DataFileName.safeParse(suggested).success).toBe(true);
});

it("a part of a name that no disk takes is refused", () => {
  expect(DataFileName.safeParse(`${"字".repeat(83)}.parquet`).success).toBe(false);
  expect(DataFileName.safeParse(`${"字".repeat(60)}/${"字".repeat(60)}.parquet`).success).toBe(true);
});
