import { useState } from "preact/hooks";
import type { OrganisationView } from "../../open-platform/contacts/control-contract";
import { askDesk } from "../desk-link";
import type { DeskState } from "../state";
import type { Language } from "../words";
import { AppCard } from "./app-card";
import { DeliveriesCard } from "./deliveries-card";
import { MembersCard } from "./members-card";
import { SuiteCard } from "./suite-card";
import { useLoaded } from "./use-loaded";
import { ADMIN_WORDS, type AdminWords } from "./words";

interface AdminProps {
  state: DeskState;
  /** The organisation shown first: that of the person chosen on the desk. */
  first: string | null;
  language: Language;
}

/** DingTalk's administration: an organisation with its apps, members and the events that were pushed. */
export function Admin({ state, first, language }: AdminProps) {
  const words = ADMIN_WORDS[language];
  const [chosen, setChosen] = useState(first);
  const { value } = useLoaded(() => askDesk("organisations", {}), state, []);
  const organisations = value?.organisations ?? [];
  const organisation = organisations.find(({ corpId }) => corpId === chosen) ?? organisations[0];
  return (
    <main class="admin">
      <nav class="admin-organisations" aria-label={words.organisations}>
        <h2>{words.organisations}</h2>
        <p class="lead">{words.organisationsHint}</p>
        {organisations.map((one) => (
          <OrganisationRow
            key={one.corpId}
            organisation={one}
            name={nameOf(one, language)}
            isChosen={one === organisation}
            words={words}
            choose={() => setChosen(one.corpId)}
          />
        ))}
      </nav>
      {organisation ? (
        <div class="admin-cards" key={organisation.corpId}>
          <Heading organisation={organisation} name={nameOf(organisation, language)} words={words} />
          <AppCard organisation={organisation} words={words} />
          <SuiteCard state={state} corpId={organisation.corpId} words={words} />
          <MembersCard state={state} corpId={organisation.corpId} words={words} />
          <DeliveriesCard state={state} corpId={organisation.corpId} words={words} />
        </div>
      ) : (
        <p class="lead">{words.loading}</p>
      )}
    </main>
  );
}

const nameOf = ({ name, nameEn }: OrganisationView, language: Language): string =>
  language === "zh-CN" ? name : nameEn;

interface RowProps {
  organisation: OrganisationView;
  name: string;
  isChosen: boolean;
  words: AdminWords;
  choose: () => void;
}

function OrganisationRow({ organisation, name, isChosen, words, choose }: RowProps) {
  return (
    <button class="admin-organisation" type="button" aria-pressed={isChosen} onClick={choose}>
      <b>{name}</b>
      <small>
        {organisation.members} {words.membersCount}
      </small>
    </button>
  );
}

function Heading({ organisation, name, words }: { organisation: OrganisationView; name: string; words: AdminWords }) {
  return (
    <header class="admin-heading">
      <h2>{name}</h2>
      <dl>
        <dt>{words.corpId}</dt>
        <dd>
          <code>{organisation.corpId}</code>
        </dd>
        <dt>{words.administrator}</dt>
        <dd>{organisation.mainAdministrator ?? words.nobody}</dd>
      </dl>
    </header>
  );
}
