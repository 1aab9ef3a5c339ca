import { Component, type ReactNode } from "react";
import { Button } from "../../ui/Button.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { useWords } from "../../words/react.ts";

interface CrashProps {
  readonly children: ReactNode;
  readonly reload: () => void;
}

/** When a screen cannot be drawn, nothing of a patient stays on it, and the way out is one tap. */
export class Crash extends Component<CrashProps, { readonly crashed: boolean }> {
  override state = { crashed: false };

  static getDerivedStateFromError() {
    return { crashed: true };
  }

  override render() {
    return this.state.crashed ? <Crashed reload={this.props.reload} /> : this.props.children;
  }
}

function Crashed({ reload }: { readonly reload: () => void }) {
  const { t } = useWords();
  return (
    <main className="screen">
      <Notice kind="danger" title={t("app.crashed")} live>
        <Button onPress={reload}>{t("app.reload")}</Button>
      </Notice>
    </main>
  );
}
