import { type ReactNode, Suspense } from "react";
import { Button } from "../../ui/Button.tsx";
import { useWords } from "../../words/react.ts";
import type { Tool } from "./tools.ts";

interface HomeToolsProps {
  readonly tools: readonly Tool[];
  readonly onTool: (tool: Tool) => void;
  readonly onSync: () => void;
  readonly busy: boolean;
  /** What comes a moment later stands between: nothing that an emergency needs slides away under a finger. */
  readonly children: ReactNode;
}

/** What an emergency needs, large; then, apart and quieter, what can wait. */
export function HomeTools({ tools, onTool, onSync, busy, children }: HomeToolsProps) {
  const { t } = useWords();
  const open = (tool: Tool) => (
    <Button key={tool.name} onPress={() => onTool(tool)}>
      {t(tool.word)}
      {tool.Note === undefined ? null : (
        <Suspense>
          <tool.Note />
        </Suspense>
      )}
    </Button>
  );
  return (
    <>
      <div className="home-urgent">{tools.filter(({ urgent }) => urgent).map(open)}</div>
      {children}
      <section className="home-rare" aria-labelledby="home-rare">
        <h2 id="home-rare">{t("home.rare")}</h2>
        <div className="row">
          <Button onPress={onSync} disabled={busy}>
            {t("home.sync")}
          </Button>
          {tools.filter(({ urgent }) => !urgent).map(open)}
        </div>
      </section>
    </>
  );
}
