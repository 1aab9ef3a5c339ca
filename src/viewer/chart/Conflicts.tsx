import type { Identity } from "../../shared/summary/summary.ts";
import { Notice } from "../../ui/Notice.tsx";
import { Unbroken } from "../../ui/Unbroken.tsx";
import type { ChartWords } from "../../words/chart-ja.ts";
import type { AppKey, Translate } from "../../words/index.ts";
import { useWords } from "../../words/react.ts";
import { useReading } from "./reading.ts";

/** Hospitals disagree about who this is: every version is shown side by side, none is chosen (clinical-safety.md §6). */
export function Conflicts({ identity }: { readonly identity: Identity }) {
  const { t } = useReading();
  const { t: app } = useWords();
  if (identity.conflicts.length === 0) return null;
  return (
    <Notice kind="danger" title={t("banner.conflict")}>
      <p>{t("banner.conflictHelp")}</p>
      <ul className="bullets">
        {identity.conflicts.map((conflict) => (
          <li key={conflict}>
            <Unbroken text={conflictText(conflict, t, app)} />
          </li>
        ))}
      </ul>
    </Notice>
  );
}

const sexes = { 男性: "hit.sex.male", 女性: "hit.sex.female", その他: "hit.sex.other" } as const;
const kinds = { 氏名: "conflict.name", カナ: "conflict.kana", 生年月日: "conflict.birthDate", 性別: "conflict.sex" } as const;
const isKey = <T extends object>(table: T, key: string): key is string & keyof T => key in table;

/** The words that hub/summarize/person.ts puts before what a hospital sent, in the language of the screen; anything else as it came. */
function conflictText(conflict: string, t: Translate<ChartWords>, app: (key: AppKey) => string): string {
  const [, kind = "", value = "", hospital = ""] = /^(\S+) (.+)（([^（）]*)）$/.exec(conflict) ?? [];
  if (!isKey(kinds, kind)) return conflict;
  const said = kind === "性別" && isKey(sexes, value) ? app(sexes[value]) : value;
  return t(kinds[kind], { value: said, hospital });
}
