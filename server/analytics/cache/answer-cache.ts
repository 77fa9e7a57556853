import { LRUCache } from "lru-cache";
import type { Answer } from "./answer";
import { Flight } from "./flight";

/** How old an answer may be, in ms since it was computed. */
export interface Ages {
  /** Until then it is answered as it is. */
  freshMs: number;
  /** Until then it is still answered, while the next one is computed. */
  staleMs: number;
}

/** What the cache knows of a question at this moment. */
export type CacheState = "fresh" | "stale" | "absent";

export interface AskOptions {
  signal?: AbortSignal | undefined;
  /** Computes it anew, however fresh the one there is. */
  refresh?: boolean | undefined;
}

type Compute = (signal: AbortSignal) => Promise<Answer>;

export interface AnswerCacheParts {
  maxBytes: number;
  now: () => number;
  /** Told of failures that nobody waits for. */
  failed: (error: unknown) => void;
}

/** What an entry takes besides its key and its JSON. */
const OVERHEAD_BYTES = 500;

/**
 * Answers by a key that names all that makes two of them differ. The same question is computed once at a time, however
 * many ask it; the least recently used answers give way when the memory is used up.
 */
export class AnswerCache {
  private readonly answers: LRUCache<string, Answer>;
  private readonly flights = new Map<string, Flight>();

  constructor(private readonly parts: AnswerCacheParts) {
    this.answers = new LRUCache({
      maxSize: parts.maxBytes,
      maxEntrySize: Math.ceil(parts.maxBytes / 4),
      sizeCalculation: (answer, key) => answer.json.length + 2 * key.length + OVERHEAD_BYTES,
    });
  }

  /** The answer, where it is fresh. */
  peek(key: string, ages: Ages): Answer | undefined {
    const answer = this.answers.get(key);
    return answer && this.stateOf(answer, ages) === "fresh" ? answer : undefined;
  }

  state(key: string, ages: Ages): CacheState {
    const answer = this.answers.peek(key);
    return answer ? this.stateOf(answer, ages) : "absent";
  }

  /** The memory that is used, in bytes. */
  get bytes(): number {
    return this.answers.calculatedSize;
  }

  /** Rejects with the signal's reason as soon as it aborts; the computing ends when the last who waits for it left. */
  async ask(key: string, ages: Ages, compute: Compute, { signal, refresh = false }: AskOptions): Promise<Answer> {
    signal?.throwIfAborted();
    const answer = refresh ? undefined : this.answers.get(key);
    const state = answer ? this.stateOf(answer, ages) : "absent";
    if (answer && state === "fresh") return answer;
    const flight = this.flights.get(key) ?? this.begin(key, compute);
    if (answer && state === "stale") {
      flight.join().catch(this.parts.failed);
      return answer;
    }
    return flight.join(signal);
  }

  /** Another node computed it anew: what is remembered or being computed here is older. */
  forget(key: string): void {
    this.answers.delete(key);
    this.flights.delete(key);
  }

  clear(): void {
    this.answers.clear();
    this.flights.clear();
  }

  private begin(key: string, compute: Compute): Flight {
    const flight: Flight = new Flight(compute, () => this.end(key, flight));
    this.flights.set(key, flight);
    flight.result.then(
      (answer) => {
        // Another one took its place, or it was forgotten meanwhile: it is answered, but not kept.
        if (this.flights.get(key) !== flight) return;
        this.flights.delete(key);
        this.answers.set(key, answer);
      },
      () => this.end(key, flight),
    );
    return flight;
  }

  private end(key: string, flight: Flight): void {
    if (this.flights.get(key) === flight) this.flights.delete(key);
  }

  private stateOf({ computedAt }: Answer, { freshMs, staleMs }: Ages): CacheState {
    const age = this.parts.now() - computedAt;
    if (age < freshMs) return "fresh";
    return age < staleMs ? "stale" : "absent";
  }
}
