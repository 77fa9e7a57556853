import type { FileItem } from "../../../../client/api/file";
import type { UploadStore } from "../../../../client/stores/source/upload";

/** What each part of the panel of an upload is given. */
export interface UploadPanelProps {
  store: UploadStore<Blob>;
  files: FileItem[];
  /** The lists are to be read again. */
  done: () => void;
}
