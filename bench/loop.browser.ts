/** A fixed amount of work, in ms: how fast this thread is now. The text of this function also runs in a worker. */
export const loop = (): number => {
  const started = performance.now();
  let sum = 0;
  for (let turn = 0; turn < 8e6; turn++) sum = (sum * 31 + turn) | 0;
  return performance.now() - started + (sum === 1 ? 1 : 0);
};
