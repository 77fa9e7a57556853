import { decideLaunch, type Launch } from "./launch";
import { documentedLaunches } from "./launch.testing";

const COLUMNS = 6;

/** Every combination of what can be known: 2 x 3 x 2 x 2 x 2. */
const LAUNCHES: Launch[] = (["mobile", "pc"] as const).flatMap((platform) =>
  (["mini-program", "workbench", "browser"] as const).flatMap((place) =>
    (["workbench", "browser"] as const).flatMap((opening) =>
      [true, false].flatMap((keptInside) =>
        [true, false].map((attempted) => ({ platform, place, opening, keptInside, attempted })),
      ),
    ),
  ),
);

const word = (value: boolean): string => (value ? "yes" : "no");
const cellsOf = (launch: Launch): string[] => [
  launch.platform,
  launch.place,
  launch.opening,
  word(launch.keptInside),
  word(launch.attempted),
];

const rows = documentedLaunches();

it("the documentation's table has a row for every combination, and only one", () => {
  expect(LAUNCHES).toHaveLength(48);
  expect(rows.every((row) => row.length === COLUMNS)).toBe(true);
  for (const launch of LAUNCHES) expect(matching(launch)).toHaveLength(1);
});

it.each(LAUNCHES.map((launch) => [cellsOf(launch).join(", "), launch] as const))(
  "decides as documented: %s",
  (_words, launch) => {
    expect(decideLaunch(launch)).toBe(matching(launch)[0]?.at(-1));
  },
);

it("never changes anything on a phone, and never hands over twice", () => {
  const phone = LAUNCHES.filter((launch) => launch.platform === "mobile");
  const attempted = LAUNCHES.filter((launch) => launch.attempted);

  expect(new Set(phone.map(decideLaunch))).toEqual(new Set(["stay"]));
  expect(attempted.map(decideLaunch)).not.toContain("hand-over");
});

it("hands over in one case only: from inside DingTalk on PC, where the enterprise wants it and the client lets it", () => {
  expect(LAUNCHES.filter((launch) => decideLaunch(launch) === "hand-over")).toEqual([
    { platform: "pc", place: "workbench", opening: "browser", keptInside: false, attempted: false },
  ]);
});

function matching(launch: Launch): string[][] {
  const cells = cellsOf(launch);
  return rows.filter((row) => cells.every((cell, index) => row[index] === "any" || row[index] === cell));
}
