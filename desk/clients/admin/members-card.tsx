import { useState } from "preact/hooks";
import type { DepartmentView, MemberView } from "../../open-platform/contacts/control-contract";
import { Avatar } from "../avatar";
import { askDesk } from "../desk-link";
import type { DeskState } from "../state";
import { Card, Fault, SureButton } from "./parts";
import { useDeed, useLoaded } from "./use-loaded";
import type { AdminWords } from "./words";

const SHOWN = 50;
const ROLES: [0 | 1 | 2 | 100, keyof AdminWords][] = [
  [0, "member"],
  [2, "sub"],
  [1, "main"],
  [100, "boss"],
];

interface MembersCardProps {
  state: DeskState;
  corpId: string;
  words: AdminWords;
}

/** Members: found, added, moved, made administrators, removed. */
export function MembersCard({ state, corpId, words }: MembersCardProps) {
  const [search, setSearch] = useState("");
  const { value, fault } = useLoaded(() => load(corpId, search), state, [corpId, search]);
  const departments = value?.departments ?? [];
  const { total, members } = value?.found ?? { total: 0, members: [] };
  return (
    <Card title={words.members}>
      <AddForm corpId={corpId} departments={departments} words={words} />
      <input
        class="admin-search"
        type="search"
        aria-label={words.searchMembers}
        placeholder={words.searchMembers}
        value={search}
        onInput={(event) => setSearch(event.currentTarget.value)}
      />
      <Fault text={fault} words={words} />
      {value && members.length === 0 && <p class="lead">{words.noMembers}</p>}
      <ul class="admin-members">
        {members.map((member) => (
          <Row key={member.userid} corpId={corpId} member={member} departments={departments} words={words} />
        ))}
      </ul>
      {total > members.length && (
        <p class="lead">{words.more.replace("{shown}", String(members.length)).replace("{total}", String(total))}</p>
      )}
    </Card>
  );
}

async function load(corpId: string, search: string) {
  const [{ departments }, found] = await Promise.all([
    askDesk("departments", { corpId }),
    askDesk("members", { corpId, search: search.trim(), limit: SHOWN }),
  ]);
  return { departments, found };
}

interface AddFormProps {
  corpId: string;
  departments: DepartmentView[];
  words: AdminWords;
}

function AddForm({ corpId, departments, words }: AddFormProps) {
  const [name, setName] = useState("");
  const [department, setDepartment] = useState("1");
  const { isBusy, fault, run } = useDeed();
  const add = async (event: Event): Promise<void> => {
    event.preventDefault();
    const isAdded = await run(() => askDesk("addMember", { corpId, name: name.trim(), departmentIds: [department] }));
    if (isAdded) setName("");
  };
  return (
    <form class="admin-form" onSubmit={(event) => void add(event)}>
      <label>
        {words.name}
        <input value={name} name="name" required onInput={(event) => setName(event.currentTarget.value)} />
      </label>
      <label>
        {words.department}
        <DepartmentChoice departments={departments} value={department} name="department" choose={setDepartment} />
      </label>
      <button class="admin-button" type="submit" disabled={isBusy || name.trim() === ""}>
        {words.add}
      </button>
      <Fault text={fault} words={words} />
    </form>
  );
}

interface ChoiceProps {
  departments: DepartmentView[];
  value: string;
  name?: string;
  label?: string;
  isOff?: boolean;
  choose: (deptId: string) => void;
}

function DepartmentChoice({ departments, value, name, label, isOff, choose }: ChoiceProps) {
  return (
    <select
      value={value}
      name={name}
      aria-label={label}
      disabled={isOff}
      onChange={(event) => choose(event.currentTarget.value)}
    >
      {departments.map((one) => (
        <option key={String(one.deptId)} value={String(one.deptId)}>
          {one.name}
        </option>
      ))}
    </select>
  );
}

interface RowProps {
  corpId: string;
  member: MemberView;
  departments: DepartmentView[];
  words: AdminWords;
}

function Row({ corpId, member, departments, words }: RowProps) {
  const { isBusy, fault, run } = useDeed();
  const { userid, name } = member;
  const patch = (change: object): void => void run(() => askDesk("patchPerson", { corpId, userid, ...change }));
  const others = member.departmentIds.length > 1 ? ` +${member.departmentIds.length - 1}` : "";
  return (
    <li data-userid={userid}>
      <Avatar name={name} />
      <span class="admin-member">
        <b>{name}</b>
        <small>
          {[userid, member.title, member.active ? "" : words.inactive].filter((part) => part !== "").join(" · ")}
          {others}
        </small>
      </span>
      <DepartmentChoice
        departments={departments}
        value={String(member.departmentIds[0])}
        label={`${words.department} ${name}`}
        isOff={isBusy}
        choose={(deptId) => patch({ departmentIds: [deptId] })}
      />
      <select
        aria-label={`${words.role} ${name}`}
        value={String(member.sysLevel)}
        disabled={isBusy}
        onChange={(event) => patch({ sysLevel: Number(event.currentTarget.value) })}
      >
        {ROLES.map(([level, word]) => (
          <option key={level} value={String(level)}>
            {words[word]}
          </option>
        ))}
      </select>
      <SureButton label={words.remove} words={words} isBusy={isBusy} act={() => patch({ left: true })} />
      <Fault text={fault} words={words} />
    </li>
  );
}
