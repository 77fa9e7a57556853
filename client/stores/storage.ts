/** What a platform keeps for this person and app. Nothing in it throws: what cannot be read is null, what cannot be kept is lost. */
export interface Storage {
  get(key: string): Promise<string | null>;
  set(key: string, value: string): Promise<void>;
  remove(key: string): Promise<void>;
}
