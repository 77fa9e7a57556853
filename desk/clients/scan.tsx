import { useState } from "preact/hooks";
import type { Person } from "../open-platform/control/contract";
import type { Scanned, Team } from "../open-platform/suite/control-contract";
import { useDeed } from "./admin/use-loaded";
import { askDesk } from "./desk-link";
import { Icon } from "./icons";
import type { Words } from "./words";

/** Where a scanned link leads inside the mini program. */
export type Opening = Extract<Scanned, { does: "open" }>;

interface ScanProps {
  person: Person;
  words: Words;
  open: (opening: Opening) => void;
  close: () => void;
}

/** The phone's scanner: a link instead of a picture, then what DingTalk does with it. */
export function Scan({ person, words, open, close }: ScanProps) {
  const [link, setLink] = useState("");
  const [scanned, setScanned] = useState<Scanned | null>(null);
  const { isBusy, fault, run } = useDeed();
  const { who } = person;
  const scan = (event: Event): void => {
    event.preventDefault();
    void run(async () => {
      const found = await askDesk("scan", { who, link: link.trim() });
      if (found.does === "open") open(found);
      else setScanned(found);
    });
  };
  const activate = (corpId: string): void =>
    void run(async () => {
      await askDesk("activateScanned", { who, link: link.trim(), corpId });
      setScanned(await askDesk("scan", { who, link: link.trim() }));
    });
  const fill = (): void => void run(async () => setLink((await askDesk("suites", {})).suites[0]?.activationLink ?? ""));
  return (
    <div class="scan" role="dialog" aria-label={words.scan}>
      <header>
        <h3>{words.scan}</h3>
        <button type="button" aria-label={words.close} onClick={close}>
          <Icon name="close" size={20} />
        </button>
      </header>
      <p class="lead">{words.scanHint}</p>
      <form onSubmit={scan}>
        <textarea
          aria-label={words.scanLink}
          placeholder={words.scanLink}
          rows={4}
          required
          value={link}
          onInput={(event) => setLink(event.currentTarget.value)}
        />
        <button class="quiet" type="button" onClick={fill}>
          {words.scanOwn}
        </button>
        <button class="scan-go" type="submit" disabled={isBusy || link.trim() === ""}>
          {words.scanGo}
        </button>
      </form>
      {fault !== null && (
        <p class="scan-answer" role="alert">
          {fault}
        </p>
      )}
      {fault === null && scanned && <Answer scanned={scanned} words={words} isBusy={isBusy} activate={activate} />}
    </div>
  );
}

interface AnswerProps {
  scanned: Scanned;
  words: Words;
  isBusy: boolean;
  activate: (corpId: string) => void;
}

function Answer({ scanned, words, isBusy, activate }: AnswerProps) {
  if (scanned.does === "activate")
    return <Teams name={scanned.name} teams={scanned.teams} words={words} isBusy={isBusy} activate={activate} />;
  if (scanned.does === "browse")
    return (
      <p class="scan-answer" role="status">
        {words.browseHint} <code>{scanned.url}</code>
      </p>
    );
  if (scanned.does === "open") return null;
  return (
    <p class="scan-answer" role="alert">
      {words[`refuse_${scanned.reason}`]}
    </p>
  );
}

interface TeamsProps extends Omit<AnswerProps, "scanned"> {
  name: string;
  teams: Team[];
}

function Teams({ name, teams, words, isBusy, activate }: TeamsProps) {
  const [chosen, setChosen] = useState(teams.find((team) => team.isAdministrator && !team.isActivated)?.corpId ?? "");
  const remark = (team: Team): string =>
    team.isActivated ? words.activated : team.isAdministrator ? "" : words.notAdministrator;
  return (
    <fieldset class="scan-teams">
      <legend>
        {words.activateTitle} {name}
      </legend>
      <p class="lead">{words.activateHint}</p>
      {teams.map((team) => (
        <label key={team.corpId}>
          <input
            type="radio"
            name="team"
            value={team.corpId}
            checked={team.corpId === chosen}
            disabled={!team.isAdministrator || team.isActivated}
            onChange={() => setChosen(team.corpId)}
          />
          <span>{team.name}</span>
          <small>{remark(team)}</small>
        </label>
      ))}
      <button class="scan-go" type="button" disabled={isBusy || chosen === ""} onClick={() => activate(chosen)}>
        {words.activate}
      </button>
    </fieldset>
  );
}
