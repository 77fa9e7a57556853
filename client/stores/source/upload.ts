import { makeAutoObservable, observableRef, runInAction } from "mobx";
import {
  beginUpload,
  cancelUpload,
  findUpload,
  importUpload,
  inspectUpload,
  type FileItem,
  type UploadItem,
  type UploadSettings,
} from "../../api/file";
import { toApiError, type ApiError, type ClientErrorCode } from "../../api/error";
import type { Caller } from "../../api/transport";
import type { Later } from "../later";

/** A file of the person's computer, as far as this store needs to know it. */
export interface FileToSend<Piece> {
  name: string;
  size: number;
  modified: number;
  slice(from: number, to: number): Piece;
}

/** Sends one part; `stop` ends it at once, wherever it is. */
export type SendPart<Piece> = (part: {
  id: string;
  offset: number;
  bytes: Piece;
  /** Told how many bytes of the part have left. */
  sent: (bytes: number) => void;
}) => { done: Promise<UploadItem>; stop: () => void };

export interface UploadStoreParts<Piece> {
  call: Caller;
  send: SendPart<Piece>;
  later: Later;
  now: () => number;
}

export interface WantedName {
  name: string;
  /** Takes the place of a file of that name. */
  replace: boolean;
}

/** `waiting`: the connection is lost, and it is tried again by itself. */
export type Sending = "idle" | "sending" | "waiting" | "paused";

const SMALLEST_PART = 256 * 1024;
const FIRST_PART = 1024 * 1024;
/** Parts grow while they take less, and shrink where they take more. */
const QUICK_MS = 1_500;
const SLOW_MS = 6_000;
const LONGEST_WAIT_MS = 30_000;
const ASK_EVERY_MS = 700;

/** Passes by itself: the network, a proxy, a server that starts again. */
const PASSING = new Set<ClientErrorCode>([
  "offline",
  "bad_reply",
  "timeout",
  "unavailable",
  "internal",
  "body_too_large",
]);

/** One file on its way in: sent in parts until all has arrived, then watched until it was read, corrected, imported. */
export class UploadStore<Piece> {
  upload: UploadItem | null = null;
  sending: Sending = "idle";
  /** Why it stands still. */
  error: ApiError | null = null;
  /** Something other than sending is asked of the server. */
  busy = false;
  /** What it is to be called among the files; null until somebody has said so. */
  wanted: WantedName | null = null;
  /** Bytes of the current part that have left. */
  private leaving = 0;
  private file: FileToSend<Piece> | null = null;
  private partBytes = FIRST_PART;
  private failures = 0;
  /** What is under way belongs to this turn; whatever ends an earlier one is not told. */
  private turn = 0;
  private stop: () => void = () => undefined;

  constructor(private readonly parts: UploadStoreParts<Piece>) {
    makeAutoObservable<this, "parts" | "file" | "partBytes" | "failures" | "turn" | "stop">(this, {
      upload: observableRef,
      wanted: observableRef,
      parts: false,
      file: false,
      partBytes: false,
      failures: false,
      turn: false,
      stop: false,
    });
  }

  /** Of the whole file, 0 to 1. */
  get progress(): number {
    const { upload } = this;
    if (!upload || upload.size === 0) return 0;
    return Math.min(1, (upload.received + this.leaving) / upload.size);
  }

  /** Begins with a file, or goes on with the same one. */
  async choose(file: FileToSend<Piece>, wanted: WantedName | null = null): Promise<void> {
    const turn = this.next();
    this.file = file;
    this.wanted = wanted;
    this.sending = "sending";
    await this.guard(turn, async () => {
      const { name: fileName, size, modified } = file;
      this.take(turn, await beginUpload(this.parts.call, { fileName, size, modified }));
      await this.goOn(turn);
    });
  }

  /** Takes up one that has arrived already. */
  open(upload: UploadItem): void {
    const turn = this.next();
    this.file = null;
    this.wanted = null;
    this.take(turn, upload);
    this.watch(turn);
  }

  want(wanted: WantedName): void {
    this.wanted = wanted;
  }

  pause(): void {
    this.next();
    this.sending = "paused";
  }

  /** Goes on after a pause or a failure, from what the server has. */
  async resume(): Promise<void> {
    const { upload, file } = this;
    if (!file) return;
    if (!upload) return this.choose(file, this.wanted);
    const turn = this.next();
    this.sending = "sending";
    await this.guard(turn, async () => {
      this.take(turn, await findUpload(this.parts.call, upload.id));
      await this.goOn(turn);
    });
  }

  /** Reads the file again with other settings. */
  async inspect(settings: UploadSettings): Promise<void> {
    const { upload } = this;
    if (!upload) return;
    const turn = this.next();
    await this.guard(turn, async () => {
      this.take(turn, await inspectUpload(this.parts.call, upload.id, settings));
      this.watch(turn);
    });
  }

  /** Null where it was refused: `error` says why. */
  async import(wanted: WantedName & { leaveOut: boolean }): Promise<FileItem | null> {
    const { upload } = this;
    if (!upload) return null;
    const turn = this.next();
    let file: FileItem | null = null;
    await this.guard(turn, async () => {
      file = await importUpload(this.parts.call, upload.id, wanted);
      this.close();
    });
    return file;
  }

  /** Forgets it, here and on the server. */
  async cancel(): Promise<void> {
    const { upload } = this;
    const turn = this.next();
    await this.guard(turn, async () => {
      if (upload) await cancelUpload(this.parts.call, upload.id);
      this.close();
    });
  }

  /** Leaves it where it is. */
  close(): void {
    this.next();
    this.upload = null;
    this.file = null;
    this.wanted = null;
    this.error = null;
  }

  private next(): number {
    this.stop();
    this.stop = () => undefined;
    this.leaving = 0;
    this.failures = 0;
    this.error = null;
    this.busy = false;
    this.sending = "idle";
    return ++this.turn;
  }

  private take(turn: number, upload: UploadItem): void {
    if (turn !== this.turn) return;
    runInAction(() => {
      this.upload = upload;
      this.leaving = 0;
    });
  }

  private async goOn(turn: number): Promise<void> {
    while (turn === this.turn && this.file && this.upload?.state === "receiving") {
      if (!(await this.sendNext(turn, this.file, this.upload))) return;
    }
    if (turn !== this.turn) return;
    runInAction(() => (this.sending = "idle"));
    this.watch(turn);
  }

  /** False where it goes on later by itself, or no longer. */
  private async sendNext(
    turn: number,
    file: FileToSend<Piece>,
    { id, received, partBytes }: UploadItem,
  ): Promise<boolean> {
    const began = this.parts.now();
    const end = Math.min(file.size, received + Math.min(this.partBytes, partBytes));
    const { done, stop } = this.parts.send({
      id,
      offset: received,
      bytes: file.slice(received, end),
      sent: (bytes) => runInAction(() => turn === this.turn && (this.leaving = bytes)),
    });
    this.stop = stop;
    try {
      this.take(turn, await done);
      this.failures = 0;
      const ms = this.parts.now() - began;
      if (ms < QUICK_MS) this.partBytes = Math.min(partBytes, this.partBytes * 2);
      if (ms > SLOW_MS) this.partBytes = Math.max(SMALLEST_PART, this.partBytes / 2);
      return true;
    } catch (thrown) {
      if (turn !== this.turn) return false;
      const { code } = toApiError(thrown);
      if (code !== "upload_offset" && !PASSING.has(code)) throw thrown;
      this.partBytes = Math.max(SMALLEST_PART, this.partBytes / 2); // a proxy may take less than the server
      this.tryLater(turn);
      return false;
    }
  }

  /** Waits longer each time, then asks how far the upload is and goes on from there. */
  private tryLater(turn: number): void {
    const wait = Math.min(LONGEST_WAIT_MS, 500 * 2 ** this.failures);
    const failures = this.failures + 1;
    runInAction(() => {
      this.sending = "waiting";
      this.leaving = 0;
    });
    this.stop = this.parts.later(() => {
      if (turn !== this.turn) return;
      void this.resume().then(() => undefined);
      this.failures = failures;
    }, wait);
  }

  /** Asks again until the server has read the file. */
  private watch(turn: number): void {
    if (turn !== this.turn || this.upload?.state !== "inspecting") return;
    const { id } = this.upload;
    this.stop = this.parts.later(() => {
      void this.guard(turn, async () => {
        this.take(turn, await findUpload(this.parts.call, id));
        this.watch(turn);
      });
    }, ASK_EVERY_MS);
  }

  private async guard(turn: number, work: () => Promise<void>): Promise<void> {
    this.busy = true;
    try {
      await work();
    } catch (thrown) {
      this.fail(turn, toApiError(thrown));
    } finally {
      runInAction(() => {
        if (turn === this.turn) this.busy = false;
      });
    }
  }

  private fail(turn: number, error: ApiError): void {
    if (turn !== this.turn) return;
    const passes = error.code === "offline" || error.code === "unavailable";
    if (passes && this.upload?.state === "inspecting") return this.watch(turn);
    if (passes && this.sending === "sending" && this.upload) return this.tryLater(turn);
    runInAction(() => {
      this.error = error;
      this.sending = this.sending === "sending" ? "paused" : this.sending;
    });
  }
}
