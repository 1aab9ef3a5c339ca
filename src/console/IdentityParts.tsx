import type { NumberItem, StatementItem } from "../shared/protocol/identity.ts";
import { Button } from "../ui/Button.tsx";
import { useConsole } from "./context.ts";
import { named } from "./named.ts";
import { bornOn } from "./when.ts";

/** Back to the list before. */
export function BackButton({ onBack }: { readonly onBack: () => void }) {
  const { words } = useConsole();
  return (
    <div>
      <Button kind="quiet" onPress={onBack}>
        {words.identity.back}
      </Button>
    </div>
  );
}

/** What the records of one number state: a line for each name, birth date and sex. */
export function Statements({ statements }: { readonly statements: readonly StatementItem[] }) {
  const { words, language } = useConsole();
  if (statements.length === 0) return <p>{words.identity.notSent}</p>;
  return (
    <ul>
      {statements.map((said) => {
        const born = said.birthDate === "" ? words.identity.notSent : bornOn(said.birthDate, language);
        const sex = said.sex === "" ? words.identity.notSent : named(words.sexes, said.sex);
        const line = [said.kanji, said.kana, born, sex, said.address, said.phone].filter((part) => part !== "").join("　");
        return <li key={line}>{line}</li>;
      })}
    </ul>
  );
}

/** The number alone, as it is asked for. */
export function bare({ facility, pid }: NumberItem): NumberItem {
  return { facility, pid };
}
