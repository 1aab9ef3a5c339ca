import { Component, type ReactNode } from "react";
import { Notice } from "../../ui/Notice.tsx";
import { useWords } from "../../words/react.ts";

interface StripInsteadProps {
  readonly children: ReactNode;
  readonly strip: ReactNode;
}

/** When the full page cannot be drawn or loaded, what kills first stays on the screen, and it says that the rest is missing. */
export class StripInstead extends Component<StripInsteadProps, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <Fallen strip={this.props.strip} /> : this.props.children;
  }
}

function Fallen({ strip }: { readonly strip: ReactNode }) {
  const { t } = useWords();
  return (
    <div className="page-body strip-page">
      <Notice kind="danger" title={t("rest.failed")} live>
        {t("rest.failedHelp")}
      </Notice>
      {strip}
    </div>
  );
}
