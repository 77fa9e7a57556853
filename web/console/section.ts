import type { ReactNode } from "react";
import type { EnterpriseCard } from "../../core/contract/enterprise/enterprise";

/** What every page about one enterprise is given. */
export interface SectionProps {
  enterprise: EnterpriseCard;
  /** Chooses another enterprise; stands at the top. */
  choice: ReactNode;
  /** The enterprise's card is to be read again. */
  changed: () => void;
}
