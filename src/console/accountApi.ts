import {
  type Account,
  accountPaths,
  type DoorAnswer,
  parseAccount,
  parseDoor,
  parseOnward,
  parseOptions,
} from "../shared/protocol/account.ts";
import { consolePaths, type Session } from "../shared/protocol/console.ts";
import { parseSession } from "../shared/protocol/consoleAnswers.ts";
import { createPasskey, signByPasskey } from "./passkey.ts";

/** Signing in without a passphrase, and one's own account. */
export interface AccountApi {
  door(): Promise<DoorAnswer>;
  signInByPasskey(): Promise<Session>;
  /** Makes a passkey by an invitation, and signs in. */
  accept(code: string, label: string): Promise<Session>;
  /** The identity provider's page. */
  oidcStart(): Promise<string>;
  /** Where to sign out as well; null: nowhere. */
  signOut(): Promise<string | null>;
  read(): Promise<Account>;
  addPasskey(label: string): Promise<Account>;
  removePasskey(id: string): Promise<Account>;
  /** null: all, this one too. */
  endSessions(id: string | null): Promise<void>;
}

export function makeAccountApi(
  call: (method: "GET" | "POST", path: string, body?: unknown) => Promise<unknown>,
  remember: (session: Session) => Session,
): AccountApi {
  const post = (path: string, body: unknown = {}) => call("POST", path, body);
  const paths = accountPaths;
  return {
    door: async () => parseDoor(await call("GET", paths.door)),
    signInByPasskey: async () => {
      const credential = await signByPasskey(parseOptions(await post(paths.passkeyOptions)));
      return remember(parseSession(await post(paths.passkeySignIn, { credential })));
    },
    accept: async (code, label) => {
      const credential = await createPasskey(parseOptions(await post(paths.inviteOptions, { code })));
      return remember(parseSession(await post(paths.invite, { code, label, credential })));
    },
    oidcStart: async () => parseOnward(await post(paths.oidcStart)) ?? "",
    signOut: async () => parseOnward(await post(consolePaths.signOut)),
    read: async () => parseAccount(await call("GET", paths.account)),
    addPasskey: async (label) => {
      const credential = await createPasskey(parseOptions(await post(paths.newPasskeyOptions)));
      return parseAccount(await post(paths.newPasskey, { label, credential }));
    },
    removePasskey: async (id) => parseAccount(await post(paths.dropPasskey, { id })),
    endSessions: async (id) => void (await post(paths.endSessions, { id })),
  };
}
