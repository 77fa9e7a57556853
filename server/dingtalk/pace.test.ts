import { createPace } from "./pace";

/** A pace on a clock that moves only when told; notes when each call is let go. */
function paceOnClock() {
  let clock = 0;
  const waits: number[] = [];
  const pace = createPace({
    elapsed: () => clock,
    sleep: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
  });
  return { pace, waits, at: (ms: number) => (clock = ms) };
}

async function rush(pace: (appKey: string, api: string) => Promise<void>, calls: number): Promise<void> {
  await Promise.all(Array.from({ length: calls }, () => pace("app", "getuserinfo")));
}

it("lets a second's worth of calls go at once and spreads the rest over the following seconds", async () => {
  const { pace, waits } = paceOnClock();

  await rush(pace, 40);

  expect(waits).toEqual([...Array<number>(18).fill(1_000), ...Array<number>(4).fill(2_000)]);
});

it("counts any second, not the clock's", async () => {
  const { pace, waits, at } = paceOnClock();
  at(900);
  await rush(pace, 18);
  at(1_100);
  await rush(pace, 1);
  at(1_900);
  await rush(pace, 1);

  expect(waits).toEqual([800]);
});

it("keeps another API and another app apart", async () => {
  const { pace, waits } = paceOnClock();
  await rush(pace, 18);

  await pace("app", "user/get");
  await pace("other", "getuserinfo");

  expect(waits).toEqual([]);
});
