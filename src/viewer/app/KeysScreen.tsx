import { useCallback, useEffect, useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { AddWay } from "./AddWay.tsx";
import { useFrame } from "./context.ts";
import { KeyHealthNotices } from "./KeyHealthNotices.tsx";
import { PinPart } from "./PinPart.tsx";
import { useKeysWords } from "./useKeysWords.ts";
import { WayList } from "./WayList.tsx";

/** One's own ways to unlock, what is missing of them, and the PIN. Whoever is here for a day has the PIN alone. */
export function KeysScreen({ onDone }: { readonly onDone: () => void }) {
  const { t } = useKeysWords();
  const { core } = useFrame();
  const [ways, setWays] = useState(() => core.ways());
  const again = useCallback(() => setWays(core.ways()), [core]);
  useEffect(() => core.subscribe(again), [core, again]);
  const host = core.visitor() === null;
  return (
    <main className="screen">
      <h1>{t("title")}</h1>
      <p>{t("intro")}</p>
      <KeyHealthNotices />
      {host ? (
        <>
          <WayList ways={ways} onChange={again} />
          <AddWay ways={ways} onChange={again} />
        </>
      ) : null}
      <PinPart />
      <Button onPress={onDone}>{t("back")}</Button>
    </main>
  );
}
