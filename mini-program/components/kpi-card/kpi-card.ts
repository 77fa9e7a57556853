import type { CardView } from "../../../client/stores/report/cards";
import { parts } from "../../parts";

/** Two KPI cards share a row: half of it, less the gap between them and a card's own padding. */
const GAP_AND_PADDING = 12 + 32;

Component({
  props: { card: {} as CardView, wide: false },
  data: { half: 0 },
  onInit() {
    this.setData({ half: Math.floor((parts().contentWidth + 32 - GAP_AND_PADDING) / 2) - 10 });
  },
});
