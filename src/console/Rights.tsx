import { packKinds } from "../shared/crypto/derive.ts";
import { staffRoles } from "../shared/protocol/enrolment.ts";
import type { PolicyBody } from "../shared/protocol/policyJudge.ts";
import { useConsole } from "./context.ts";

/** What each role may open by this policy, a line a role. */
export function Rights({ policy }: { readonly policy: PolicyBody }) {
  const { words, language } = useConsole();
  const [colon, comma] = language === "ja" ? ["：", "、"] : [": ", ", "];
  const said = words.sites;
  return (
    <section className="card">
      <strong>{said.roleRights}</strong>
      <ul className="plain-list">
        {staffRoles.map((role) => {
          const open = packKinds.filter((part) => policy.roles[role]?.[part] === true);
          return (
            <li key={role}>
              {words.roles[role]}
              {colon}
              {open.length === 0
                ? said.nothing
                : open
                    .map((part) => `${said.parts[part]}${policy.locks.secondPerson[role]?.includes(part) === true ? said.second : ""}`)
                    .join(comma)}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
