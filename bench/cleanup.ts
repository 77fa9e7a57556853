/** What was started and must end again, the latest first: also when a bench fails or is interrupted. */
export class Cleanup {
  private readonly started: (() => Promise<unknown> | void)[] = [];

  add(end: () => Promise<unknown> | void): void {
    this.started.push(end);
  }

  /** Ends everything, even where one end fails; rejects with the first failure. */
  async run(): Promise<void> {
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
