/** A task that is never done twice at once: whoever asks while it runs shares its outcome. */
export class SharedTask<Result> {
  private running: Promise<Result> | null = null;

  constructor(private readonly task: () => Promise<Result>) {}

  run(): Promise<Result> {
    if (this.running) return this.running;
    const running = this.task();
    const done = (): void => {
      this.running = null;
    };
    this.running = running;
    running.then(done, done);
    return running;
  }
}
