import { randomBytes } from "node:crypto";
import { z } from "zod";
import { CorpId } from "../../core/contract/id";
import { Role } from "../../core/contract/session/session";
import type { Domain } from "../compose";
import { command, readSecret, UsageError, type Terminal } from "./command";

const login = { about: "the account's login: a user name or an e-mail address", required: true };
const Login = z.string().trim().min(1).max(200);
const password = { name: "password", option: "password" };

export const userCommands = {
  "user add": command({
    about: "Makes a local account, or gives an existing one a role in another organisation.",
    options: {
      login,
      name: { about: "the person's name; needed for a new account" },
      password: { about: "the password, where standard input cannot be used" },
      "generate-password": { about: "make a password and print it once", flag: true },
      "corp-id": { about: "the organisation in which the account may act" },
      role: { about: "administrator, editor or viewer (default) of that organisation" },
      userid: { about: "DingTalk's userid of the synced member whose account this is" },
      owner: { about: "make the account an instance owner, above all organisations", flag: true },
    },
    input: z.object({
      login: Login,
      name: z.string().trim().min(1).max(100).optional(),
      password: z.string().optional(),
      "generate-password": z.boolean().default(false),
      "corp-id": CorpId.optional(),
      role: Role.default("viewer"),
      userid: z.string().min(1).optional(),
      owner: z.boolean().default(false),
    }),
    run: async (domain, input, terminal) => {
      if (input.userid !== undefined && input["corp-id"] === undefined) {
        throw new UsageError("--userid needs --corp-id: userids are unique inside one organisation only.");
      }
      const enterpriseId = input["corp-id"] ? await domain.users.enterpriseOf(input["corp-id"]) : null;
      const known = await domain.users.find(input.login);
      const user = known ?? (await addUser(domain, input, terminal));
      if (known) terminal.print(`The account ${known.login} exists already; its password stays as it is.`);
      if (enterpriseId === null) return;
      await domain.users.setRole(enterpriseId, user.id, input.role);
      terminal.print(`${user.login} is ${input.role} of ${input["corp-id"]}.`);
      if (input.userid === undefined) return;
      await domain.users.bindMember(enterpriseId, user.id, input.userid);
      terminal.print(`${user.login} is linked to the DingTalk member ${input.userid}.`);
    },
  }),

  "user disable": command({
    about: "Switches an account off and signs it out everywhere at once.",
    options: { login },
    input: z.object({ login: Login }),
    run: async (domain, input, terminal) => {
      const user = await domain.users.disable(input.login);
      terminal.print(`${user.login} is disabled and signed out.`);
    },
  }),

  "user reset-password": command({
    about: "Sets another password and signs the account out everywhere. The password comes on standard input.",
    options: {
      login,
      password: { about: "the password, where standard input cannot be used" },
      "generate-password": { about: "make a password and print it once", flag: true },
    },
    input: z.object({
      login: Login,
      password: z.string().optional(),
      "generate-password": z.boolean().default(false),
    }),
    run: async (domain, input, terminal) => {
      const next = input["generate-password"] ? generated() : await readSecret(input.password, password, terminal);
      const user = await domain.users.resetPassword(input.login, next);
      terminal.print(`${user.login} has another password and is signed out.`);
      if (input["generate-password"]) terminal.print(`Password: ${next}`);
    },
  }),
};

interface NewAccount {
  login: string;
  name?: string | undefined;
  password?: string | undefined;
  "generate-password": boolean;
  owner: boolean;
}

async function addUser(domain: Domain, input: NewAccount, terminal: Terminal) {
  if (input.name === undefined) throw new UsageError("A new account needs --name.");
  const next = input["generate-password"] ? generated() : await readSecret(input.password, password, terminal);
  const user = await domain.users.add({
    login: input.login,
    name: input.name,
    password: next,
    instanceOwner: input.owner,
  });
  terminal.print(`The account ${user.login} is made.`);
  if (input["generate-password"]) terminal.print(`Password: ${next}`);
  return user;
}

/** 108 random bits. */
function generated(): string {
  return randomBytes(14).toString("base64url").slice(0, 18);
}
