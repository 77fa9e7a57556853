/** One measured number. `bound` is what it may not pass; null where it is only shown. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  bound: number | null;
  ok: boolean;
}
