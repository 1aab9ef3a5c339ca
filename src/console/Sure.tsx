import { useState } from "react";
import { Button } from "../ui/Button.tsx";
import { useConsole } from "./context.ts";

interface SureProps {
  readonly word: string;
  /** What it does and that it cannot be undone, in full. */
  readonly question: string;
  readonly onYes: () => void;
  readonly busy: boolean;
}

/** A button that asks first. */
export function Sure({ word, question, onYes, busy }: SureProps) {
  const { words } = useConsole();
  const [asked, setAsked] = useState(false);
  if (!asked)
    return (
      <div className="row">
        <Button onPress={() => setAsked(true)} disabled={busy}>
          {word}
        </Button>
      </div>
    );
  return (
    <section className="sure stack" aria-label={word}>
      <p>{question}</p>
      <div className="row">
        <Button onPress={onYes} disabled={busy}>
          {words.yes}：{word}
        </Button>
        <Button onPress={() => setAsked(false)}>{words.no}</Button>
      </div>
    </section>
  );
}
