import { randomBytes } from "node:crypto";
import { chmod, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "kysely";
import { z } from "zod";
import type { UserId } from "../../../core/contract/id";
import { hasInstanceOwner, insertUser } from "../../database/people/app-user";
import { insertAuditEntry } from "../../database/access/audit-entry";
import { findSetting, removeSetting, saveSetting } from "../../database/access/instance-setting";
import type { Db } from "../../database/tables";
import { AppError } from "../../errors";
import type { Attempts } from "../access/attempts";
import { hashPassword, requireStrong } from "../access/password";
import { hashToken } from "../access/token";

const LINK_MS = 30 * 60_000;
const SETUP_LOCK = 727_004;
const Stored = z.object({ hash: z.string(), expiresAt: z.number() });

export interface SetupParts {
  db: Db;
  attempts: Attempts;
  now: () => number;
  dataDir: string;
  publicUrl: string;
}

export type Setup = ReturnType<typeof createSetup>;

/** The first administrator: made once, with a link that only whoever can read the data folder knows. */
export function createSetup(parts: SetupParts) {
  const { db } = parts;
  const file = join(parts.dataDir, "setup-link");
  return {
    isOpen: async (): Promise<boolean> => !(await hasInstanceOwner(db)),

    /** Makes a new link and writes it to `setup-link`, readable by us only; null once an administrator exists. */
    issueLink: async (): Promise<string | null> => {
      if (await hasInstanceOwner(db)) {
        await rm(file, { force: true });
        return null;
      }
      const token = randomBytes(32).toString("base64url");
      await saveSetting(db, "setup_token", {
        hash: hashToken(token).toString("base64url"),
        expiresAt: parts.now() + LINK_MS,
      });
      const link = `${parts.publicUrl}/setup#${token}`;
      await mkdir(parts.dataDir, { recursive: true });
      await writeFile(file, `${link}\n`, { mode: 0o600 });
      await chmod(file, 0o600); // the mode above counts for new files only
      return link;
    },

    /** Throws `setup_closed`, `wrong_credentials` for a wrong link, `login_taken`, `weak_password`. */
    createOwner: async (input: {
      token: string;
      name: string;
      login: string;
      password: string;
      address: string;
    }): Promise<UserId> => {
      await parts.attempts.spend("setupAddress", input.address);
      await requireToken(parts, db, input.token);
      requireStrong(input.password, input.login);
      const passwordHash = await hashPassword(input.password);
      const id = await db.transaction().execute(async (trx) => {
        await sql`select pg_advisory_xact_lock(${SETUP_LOCK})`.execute(trx);
        await requireToken(parts, trx, input.token);
        const user = await insertUser(trx, {
          login: input.login,
          name: input.name,
          passwordHash,
          instanceOwner: true,
        });
        if (!user) throw new AppError("login_taken", "This login is taken.");
        await removeSetting(trx, "setup_token");
        const entry = { enterpriseId: null, actorId: user.id, subject: user.id };
        await insertAuditEntry(trx, { ...entry, action: "owner_created" }, new Date(parts.now()));
        return user.id;
      });
      await rm(file, { force: true });
      return id;
    },
  };
}

async function requireToken(parts: SetupParts, db: Db, token: string): Promise<void> {
  if (await hasInstanceOwner(db)) throw new AppError("setup_closed", "The first administrator exists already.");
  const stored = Stored.safeParse(await findSetting(db, "setup_token"));
  if (!stored.success || stored.data.expiresAt <= parts.now()) {
    throw new AppError("setup_closed", "This link has expired. Restart the server to get a new one.");
  }
  // Both sides are hashes of 256 random bits: comparing them gives nothing away.
  if (stored.data.hash !== hashToken(token).toString("base64url")) {
    throw new AppError("wrong_credentials", "This link is not valid.");
  }
}
