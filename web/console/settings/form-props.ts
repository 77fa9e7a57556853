import type { SettingsReply } from "../../../client/api/enterprise";

/** What each form of the settings is given. */
export interface FormProps {
  enterpriseId: string;
  settings: SettingsReply;
  saved: (settings: SettingsReply) => void;
}
