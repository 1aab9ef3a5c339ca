import { useState, useSyncExternalStore } from "react";
import { Button } from "../../ui/Button.tsx";
import { Choices } from "../../ui/Choices.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { installEn, installJa } from "../../words/install.ts";
import { useMoreWords } from "../../words/react.ts";
import { type System, systemOf, systems } from "../readiness/installOffer.ts";
import { useFrame } from "./context.ts";
import { type DrawingName, StepDrawing } from "./StepDrawing.tsx";
import "./readiness.css";

const steps: Readonly<Record<System, readonly (readonly [keyof typeof installJa, DrawingName])[]>> = {
  ios: [
    ["ios1", "share"],
    ["ios2", "add"],
    ["ios3", "home"],
  ],
  android: [
    ["android1", "dots"],
    ["android2", "add"],
    ["android3", "home"],
  ],
  desktop: [
    ["desktop1", "screen"],
    ["desktop2", "add"],
    ["desktop3", "home"],
  ],
};

const names = { ios: "iosName", android: "androidName", desktop: "desktopName" } as const;
const never = { offered: () => false, subscribe: () => () => undefined, ask: async () => false };

/** Why and how to install, for each kind of device; the browser's own offer where it makes one. */
export function InstallScreen({ onDone }: { readonly onDone: () => void }) {
  const { t } = useMoreWords("install", installJa, installEn);
  const { install } = useFrame();
  const offer = install ?? never;
  const offered = useSyncExternalStore(offer.subscribe, offer.offered);
  const [answer, setAnswer] = useState<boolean | null>(null);
  const [system, setSystem] = useState<System>(() => systemOf(navigator));
  return (
    <main className="screen">
      <h1>{t("title")}</h1>
      <p>{t("why")}</p>
      {offered ? (
        <Button kind="main" wide onPress={() => void offer.ask().then(setAnswer)}>
          {t("offer")}
        </Button>
      ) : null}
      {answer === null ? null : <Notice kind="plain" title={t(answer ? "accepted" : "refused")} live />}
      <Choices
        legend={t("which")}
        chosen={[system]}
        choices={systems.map((value) => ({ value, label: t(names[value]) }))}
        onChange={([chosen]) => chosen !== undefined && setSystem(chosen)}
      />
      {system === "ios" ? <Notice kind="warn" title={t("before")} /> : null}
      <ol className="steps">
        {steps[system].map(([key, drawing]) => (
          <li key={key}>
            <StepDrawing name={drawing} />
            <span>{t(key)}</span>
          </li>
        ))}
      </ol>
      <Button onPress={onDone}>{t("back")}</Button>
    </main>
  );
}
