import type { PolicyChange } from "../shared/protocol/policyJudge.ts";
import type { ConsoleWords } from "../words/console.ts";
import { useConsole } from "./context.ts";
import { named } from "./named.ts";

/** What one policy says otherwise than the one before it. */
export function PolicyChanges({ changes }: { readonly changes: readonly PolicyChange[] }) {
  const { words } = useConsole();
  const said = words.policy;
  if (changes.length === 0) return <p>{said.unchanged}</p>;
  return (
    <table className="grid">
      <thead>
        <tr>
          <th scope="col">{said.changes}</th>
          <th scope="col">{said.before}</th>
          <th scope="col">{said.after}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ about, before, after }) => (
          <tr key={about}>
            <th scope="row">{aboutWords(words, about)}</th>
            <td>{saysWords(words, about, before)}</td>
            <td>{saysWords(words, about, after)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A line's subject: "role physician strip" → 「医師：危険情報」. */
function aboutWords(words: ConsoleWords, about: string): string {
  const [what = "", role = "", part = ""] = about.split(" ");
  const parts: Readonly<Record<string, string>> = words.sites.parts;
  if (what === "role") return `${named(words.roles, role)}：${named(parts, part)}`;
  if (what === "second") return `${words.policy.seconds}：${named(words.roles, role)}・${named(parts, part)}`;
  if (what === "reason") return `${words.reason}：${role}`;
  return named(words.policy.names, about);
}

function saysWords(words: ConsoleWords, about: string, says: string): string {
  if (says === "") return words.policy.nothing;
  if (about === "protected") return named(words.policy.protectedModes, says);
  if (about === "region") return says === "true" ? words.policy.regionOn : words.policy.regionOff;
  if (says === "true") return words.policy.yes;
  return says === "false" ? words.policy.no : says;
}
