import { useEffect, useState } from "react";
import { formsEn } from "../../words/forms-en.ts";
import { formsJa } from "../../words/forms-ja.ts";
import { useMoreWords } from "../../words/react.ts";
import { useFrame } from "./context.ts";

/** In the button on home: how many forms are still out; nothing where all came back. What fails is said on their own screen. */
export function FormsNote() {
  const { t } = useMoreWords("forms", formsJa, formsEn);
  const { core } = useFrame();
  const [count, setCount] = useState(0);
  useEffect(() => {
    let gone = false;
    core.forms().then(
      (forms) => gone || setCount(forms.filter(({ returned }) => returned === null).length),
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [core]);
  return count === 0 ? null : <span className="tool-note">{t("formsOut", { count })}</span>;
}
