/** How much is sold on a day, and why. */
export interface RetailDay {
  /** `YYYY-MM-DD`. */
  day: string;
  /** Relative to an ordinary Tuesday at the beginning of the data. */
  weight: number;
  promotion: string;
  /** Price cut of the promotion, 0 to 1. */
  discount: number;
  /** How much more than usual is bought online. */
  online: number;
}

const DAY_MS = 86_400_000;
/** First day of the Chinese year: shopping peaks in the weeks before it and nearly stops on the day. */
const SPRING_FESTIVALS = [
  "2022-02-01",
  "2023-01-22",
  "2024-02-10",
  "2025-01-29",
  "2026-02-17",
  "2027-02-06",
  "2028-01-26",
];
/** Sunday to Saturday. */
const WEEKDAY = [1.32, 0.92, 0.9, 0.93, 0.97, 1.12, 1.38];
const MONTH = [1.06, 0.86, 0.94, 0.96, 1.02, 1.03, 0.97, 0.98, 1.02, 1.05, 1.08, 1.1];
const GROWTH_PER_YEAR = 0.11;

interface Effect {
  promotion: string;
  factor: number;
  discount: number;
  online: number;
}

const ORDINARY: Effect = { promotion: "日常", factor: 1, discount: 0, online: 1 };

/** Every day from the first to the last with its weight; the same for the same arguments. */
export function retailCalendar(first: string, last: string): RetailDay[] {
  const [start, end] = [Date.parse(first), Date.parse(last)];
  const days: RetailDay[] = [];
  for (let time = start; time <= end; time += DAY_MS) {
    const date = new Date(time);
    const day = date.toISOString().slice(0, 10);
    const effect = effectOf(day);
    const growth = (1 + GROWTH_PER_YEAR) ** ((time - start) / DAY_MS / 365);
    const weight =
      growth * (MONTH[date.getUTCMonth()] ?? 1) * (WEEKDAY[date.getUTCDay()] ?? 1) * effect.factor * weather(day);
    days.push({ day, weight, promotion: effect.promotion, discount: effect.discount, online: effect.online });
  }
  return days;
}

function effectOf(day: string): Effect {
  return springFestival(day) ?? shoppingDay(day) ?? ORDINARY;
}

function springFestival(day: string): Effect | null {
  for (const festival of SPRING_FESTIVALS) {
    const distance = (Date.parse(day) - Date.parse(festival)) / DAY_MS;
    if (distance >= -24 && distance < -2) return { promotion: "年货节", factor: 1.34, discount: 0.08, online: 0.95 };
    if (distance >= -2 && distance <= 4) return { promotion: "春节", factor: 0.46, discount: 0, online: 0.6 };
    if (distance > 4 && distance <= 12) return { promotion: "日常", factor: 0.78, discount: 0, online: 0.9 };
  }
  return null;
}

/** First and last day, as month * 100 + day; the first line that fits holds. */
const SHOPPING_DAYS: [first: number, last: number, effect: Effect][] = [
  [501, 505, { promotion: "五一", factor: 1.25, discount: 0.05, online: 0.85 }],
  [618, 618, { promotion: "618大促", factor: 2.5, discount: 0.18, online: 1.5 }],
  [601, 620, { promotion: "618大促", factor: 1.32, discount: 0.12, online: 1.3 }],
  [1001, 1007, { promotion: "国庆黄金周", factor: 1.36, discount: 0.06, online: 0.85 }],
  [1031, 1110, { promotion: "双11", factor: 1.42, discount: 0.15, online: 1.35 }],
  [1111, 1111, { promotion: "双11", factor: 3.4, discount: 0.22, online: 1.6 }],
  [1112, 1118, { promotion: "日常", factor: 0.78, discount: 0, online: 0.9 }],
  [1212, 1212, { promotion: "双12", factor: 1.7, discount: 0.12, online: 1.4 }],
];

function shoppingDay(day: string): Effect | null {
  const date = Number(day.slice(5, 7)) * 100 + Number(day.slice(8));
  return SHOPPING_DAYS.find(([first, last]) => date >= first && date <= last)?.[2] ?? null;
}

/** Rain and chance: up to 9 % either way, from the date alone. */
function weather(day: string): number {
  let state = 2_166_136_261;
  for (const letter of day) state = Math.imul(state ^ letter.charCodeAt(0), 16_777_619) >>> 0;
  state = Math.imul(state ^ (state >>> 15), 2_246_822_507) >>> 0;
  return 1 + ((state >>> 8) / 2 ** 24 - 0.5) * 0.18;
}
