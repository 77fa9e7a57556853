import { isNativeError } from "node:util/types";

/** SQLSTATE: connection lost, shutting down, starting up, no connection free; and who lost against others' locks. */
const AWAY = /^(08...|57P0[1-5]|53300|40P01|40001|55P03|25006)$/;
/** What `pg` says in words only. */
const LOST =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;
const NETWORK = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ENOENT", "ETIMEDOUT"]);
const SOCKET_CALLS = new Set(["connect", "read", "write"]);

/** Whether our own database did not answer, and would if it was asked again a little later. */
export function isDatabaseAway(error: unknown): boolean {
  if (!isNativeError(error)) return false;
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (LOST.test(error.message)) return true;
  if (code === undefined) return false;
  return (
    AWAY.test(code) || (NETWORK.has(code) && syscall !== undefined && SOCKET_CALLS.has(syscall) && !isOfFile(error))
  );
}

/** Files have a path; a socket's has none once it is connected, and its address before. */
function isOfFile(error: NodeJS.ErrnoException): boolean {
  return error.path !== undefined && error.syscall !== "connect";
}

/** Whether something was not written for want of room: on our disk, or on the database's. */
export function isOutOfRoom(error: unknown): boolean {
  if (!isNativeError(error)) return false;
  const { code } = error as NodeJS.ErrnoException;
  return code === "ENOSPC" || code === "EDQUOT" || code === "53100" || error.name === "DiskFullError";
}
