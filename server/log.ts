import { pino, type DestinationStream, type Logger } from "pino";

/** One JSON object a line. Errors keep type, text, code and stack; never the query's values or the request. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = { level, base: null, serializers: { err: describeError } };
  return pino(options, destination ?? standardOutput());
}

/** What a full disk leaves unwritten is kept up to so many bytes, and dropped beyond. */
const UNWRITTEN_BYTES = 1_048_576;

/** Standard output may be a file on a full disk, or a pipe that nobody reads any more: that ends no server. */
function standardOutput(): DestinationStream {
  const output = pino.destination({ fd: process.stdout.fd, sync: true, maxLength: UNWRITTEN_BYTES });
  output.on("error", () => undefined);
  return output;
}

interface Described {
  type: string;
  message: string;
  code?: unknown;
  stack?: string | undefined;
  cause?: Described;
}

function describeError(error: unknown, depth = 0): Described {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) };
  return {
    type: error.name,
    message: error.message,
    ...("code" in error ? { code: error.code } : {}),
    stack: error.stack,
    ...(error.cause !== undefined && depth < 3 ? { cause: describeError(error.cause, depth + 1) } : {}),
  };
}
