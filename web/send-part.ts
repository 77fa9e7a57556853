import { ApiError, errorIn } from "../client/api/error";
import type { UploadItem } from "../client/api/file";
import type { SendPart } from "../client/stores/source/upload";

/** Longer than the server takes to give up a part. */
const TIMEOUT_MS = 90_000;

/** Sends a part of a file; unlike `fetch`, an XMLHttpRequest says how much of it has left. */
export const sendPart: SendPart<Blob> = ({ id, offset, bytes, sent }) => {
  const request = new XMLHttpRequest();
  const done = readable(bytes).then(
    (content) =>
      new Promise<UploadItem>((resolve, reject) => {
        const lost = (): void => reject(new ApiError("offline", "The part did not arrive."));
        request.open("POST", `/api/uploads/${encodeURIComponent(id)}/parts?offset=${offset}`);
        request.setRequestHeader("content-type", "application/octet-stream");
        request.timeout = TIMEOUT_MS;
        request.upload.onprogress = ({ loaded }) => sent(loaded);
        request.onload = () => {
          const failure = failureOf(request);
          if (failure) reject(failure);
          else resolve(JSON.parse(request.responseText) as UploadItem);
        };
        request.onerror = lost;
        request.ontimeout = lost;
        request.onabort = lost;
        request.send(content);
      }),
  );
  return { done, stop: () => request.abort() };
};

/** Read first: a file that was changed or moved meanwhile must not look like a lost connection. */
async function readable(bytes: Blob): Promise<ArrayBuffer> {
  try {
    return await bytes.arrayBuffer();
  } catch {
    throw new ApiError("file_unreadable", "The file was changed or moved.");
  }
}

function failureOf({ status, responseText }: XMLHttpRequest): ApiError | undefined {
  try {
    const failure = errorIn(JSON.parse(responseText));
    if (failure || status === 200) return failure;
  } catch {
    // not our server's answer
  }
  return new ApiError("bad_reply", `HTTP ${status}`);
}
