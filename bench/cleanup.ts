/** What was started and must end again, the latest first: also when a bench fails or is interrupted. */
export class Cleanup {
  private readonly started: (() => Promise<unknown> | void)[] = [];
  private interrupted = false;
  private ending: Promise<void> | null = null;

  add(end: () => Promise<unknown> | void): void {
    this.started.push(end);
  }

  /** Starts something. It is ended also where the interruption comes before it stands; after one, nothing starts. */
  async start<T>(start: () => Promise<T>, end: (started: T) => Promise<unknown>): Promise<T> {
    if (this.interrupted) throw new Error("The bench was interrupted.");
    const starting = start();
    this.add(() => starting.then(end, () => undefined)); // who waits for it hears why it did not start
    return starting;
  }

  /** Ends everything, for good. */
  interrupt(): Promise<void> {
    this.interrupted = true;
    return this.run();
  }

  /** Ends everything, one after the other, even where one end fails; rejects with the first failure. */
  run(): Promise<void> {
    this.ending ??= this.endAll().finally(() => {
      this.ending = null;
    });
    return this.ending;
  }

  private async endAll(): Promise<void> {
    const failures: unknown[] = [];
    for (let end = this.started.pop(); end; end = this.started.pop()) {
      try {
        await end();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
