import type { Person } from "../open-platform/control/contract";
import { Avatar } from "./avatar";
import { Icon } from "./icons";
import type { Language, Words } from "./words";

interface PeopleProps {
  people: Person[];
  chosen: string | null;
  language: Language;
  words: Words;
  choose: (who: string) => void;
}

/** The people to try, by organisation. */
export function People({ people, chosen, language, words, choose }: PeopleProps) {
  const corpIds = [...new Set(people.map((person) => person.corpId))];
  const groups = corpIds.map((corpId) => people.filter((person) => person.corpId === corpId));
  return (
    <nav class="people" aria-label={words.who}>
      <h2>{words.who}</h2>
      <p class="lead">{words.whoHint}</p>
      {groups.map((group) => (
        <section key={group[0]?.corpId}>
          <h3>
            {organisationName(group[0], language)}
            {group[0]?.organisation.authorised === false && <i>{words.outside}</i>}
          </h3>
          {group.map((person) => (
            <PersonRow
              key={person.who}
              person={person}
              isChosen={person.who === chosen}
              language={language}
              choose={choose}
            />
          ))}
        </section>
      ))}
    </nav>
  );
}

/** The organisation's name in the page's language. */
export function organisationName(person: Person | undefined, language: Language): string {
  const organisation = person?.organisation;
  return (language === "zh-CN" ? organisation?.name : organisation?.nameEn) ?? "";
}

interface RowProps {
  person: Person;
  isChosen: boolean;
  language: Language;
  choose: (who: string) => void;
}

function PersonRow({ person, isChosen, language, choose }: RowProps) {
  const hint = (language === "zh-CN" ? person.tryOut?.zh : person.tryOut?.en) ?? "";
  const [, role = "", rest = hint] = /^(.+?)(?:：|: )(.+)$/.exec(hint) ?? [];
  return (
    <button
      class="person"
      type="button"
      aria-pressed={isChosen}
      onClick={() => choose(person.who)}
      data-who={person.who}
    >
      <Avatar name={person.name} />
      <span class="person-text">
        <span class="person-name">
          {person.name}
          <em>{role}</em>
        </span>
        <span class="person-hint">{rest}</span>
      </span>
      {isChosen && <Icon name="check" size={18} />}
    </button>
  );
}
