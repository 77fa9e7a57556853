/** What a record itself has under a key that somebody chose: `constructor` is no key of an empty one. */
export function own<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  // Not `Object.hasOwn`: DingTalk's older Android has none.
  return Object.prototype.hasOwnProperty.call(record, key) ? record[key] : undefined;
}
