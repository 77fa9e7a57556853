/** Whether a failure is the operating system's, with this code (`ENOENT`, ...). */
export function isErrno(error: unknown, code: string): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === code;
}
