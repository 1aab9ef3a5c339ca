import { packKinds } from "../shared/crypto/derive.ts";
import { staffRoles } from "../shared/protocol/enrolment.ts";
import { openingPaths } from "../shared/protocol/policy.ts";
import type { PolicyBody } from "../shared/protocol/policyJudge.ts";
import { useConsole } from "./context.ts";
import { named } from "./named.ts";
import { Fact } from "./parts.tsx";
import { figuresOf } from "./policyFigures.ts";

/** A policy in words: who may open what, for which reasons, for how long. */
export function PolicyView({ policy }: { readonly policy: PolicyBody }) {
  const { words, language } = useConsole();
  const said = words.policy;
  return (
    <div className="stack">
      <section className="card">
        <h2>{said.roles}</h2>
        <table className="grid">
          <thead>
            <tr>
              <th scope="col">{said.role}</th>
              {packKinds.map((part) => (
                <th key={part} scope="col">
                  {words.sites.parts[part]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {staffRoles.map((role) => (
              <tr key={role}>
                <th scope="row">{words.roles[role]}</th>
                {packKinds.map((part) => (
                  <td key={part}>
                    {policy.roles[role]?.[part] !== true
                      ? `× ${said.no}`
                      : `○ ${said.yes}${policy.locks.secondPerson[role]?.includes(part) === true ? words.sites.second : ""}`}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section className="card">
        <h2>{said.figures}</h2>
        <dl className="stack">
          <Fact name={said.protectedTitle}>{named(said.protectedModes, policy.protected)}</Fact>
          {figuresOf(policy).map(({ name, value }) => (
            <Fact key={name} name={named(said.names, name)}>
              {value}
            </Fact>
          ))}
          <Fact name={named(said.names, "region")}>{policy.locks.region ? said.regionOn : said.regionOff}</Fact>
        </dl>
      </section>
      <section className="card">
        <h2>{said.reasons}</h2>
        {openingPaths.map((path) => {
          const reasons = policy.reasons.filter((reason) => (reason.path ?? "emergency") === path);
          return reasons.length === 0 ? null : (
            <section key={path}>
              <h3>{said.paths[path]}</h3>
              <ul className="plain-list">
                {reasons.map((reason) => (
                  <li key={reason.id}>
                    {reason[language]}
                    <span className="soft line">
                      {said.phases[reason.phase]}・{named(said.purposes, reason.purpose)}
                    </span>
                  </li>
                ))}
              </ul>
            </section>
          );
        })}
      </section>
    </div>
  );
}
