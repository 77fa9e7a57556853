import { App } from "antd";
import { toApiError } from "../../client/api/error";
import { errorText } from "../../client/text/text";
import { useApp } from "../app-context";

/** Runs what a button does and says how it went; true where it went well. */
export function useDoing(): (work: () => Promise<void>, done?: string) => Promise<boolean> {
  const { texts } = useApp();
  const { message } = App.useApp();
  return async (work, done) => {
    try {
      await work();
      if (done) message.success(done);
      return true;
    } catch (thrown) {
      const { title, advice } = errorText(texts, toApiError(thrown));
      message.error(`${title}${advice ? ` · ${advice}` : ""}`);
      return false;
    }
  };
}
