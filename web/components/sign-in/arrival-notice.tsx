import "../../pages/pc.css";
import { observer } from "mobx-react-lite";
import { useApp } from "../../app-context";
import { usePcWords } from "../../text/pc";

/** Says whose account a hand-off opened, until the person has said that it is theirs, or left it with one press. */
export const ArrivalNotice = observer(function ArrivalNotice() {
  const { arrival } = useApp();
  const words = usePcWords();
  const { unconfirmed } = arrival;
  if (!unconfirmed) return null;
  return (
    <div className="kept-inside" role="status">
      <p>{words.arrived(unconfirmed.user.name, unconfirmed.enterprise?.name ?? "")}</p>
      <button type="button" className="button" onClick={() => void arrival.confirm()}>
        {words.thatIsMe}
      </button>
      <button type="button" className="button button-plain" onClick={() => void arrival.deny()}>
        {words.notMe}
      </button>
    </div>
  );
});
