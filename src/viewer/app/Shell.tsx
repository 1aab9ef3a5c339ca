import { type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/Button.tsx";
import { Choices } from "../../ui/Choices.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { useHeight } from "../../ui/useHeight.ts";
import type { Language } from "../../words/index.ts";
import { useWords } from "../../words/react.ts";
import { useFrame, useStatus } from "./context.ts";
import { type Display, keepDisplay, type Mode, modes, readDisplay, showDisplay } from "./display.ts";
import { VisitorBar } from "./VisitorBar.tsx";

interface ShellProps {
  readonly children: ReactNode;
}

/** The bar on every screen: what this is, where it belongs, how it looks, and the lock. */
export function Shell({ children }: ShellProps) {
  const { t } = useWords();
  const { lock } = useFrame();
  const status = useStatus();
  const [open, setOpen] = useState(false);
  const bar = useRef<HTMLElement>(null);
  useHeight(bar, "--bar-height");
  return (
    <>
      <header className="bar" ref={bar}>
        <p className="bar-name">
          <span className="bar-lamp" aria-hidden="true">
            灯
          </span>
          {status.siteName === "" ? (
            <span className="bar-site">{t("app.purpose")}</span>
          ) : (
            <span className="bar-site">
              <span className="bar-place">{status.siteName} </span>
              {status.deviceName}
            </span>
          )}
        </p>
        <div className="row bar-tools">
          {status.staff === null ? null : <span className="bar-staff">{status.staff.name}</span>}
          <Button onPress={() => setOpen(true)}>{t("app.settings")}</Button>
          {status.phase === "unlocked" || status.phase === "soft" ? (
            <Button kind="main" onPress={lock}>
              {t("app.lock")}
            </Button>
          ) : null}
        </div>
      </header>
      <VisitorBar />
      {children}
      {open ? <Look onClose={() => setOpen(false)} /> : null}
    </>
  );
}

const languageNames: Readonly<Record<Language, string>> = { ja: "日本語", en: "English" };

function Look({ onClose }: { readonly onClose: () => void }) {
  const { t, language } = useWords();
  const { i18n } = useTranslation();
  const [mode, setMode] = useState<Mode>(() => readDisplay(localStorage).mode);
  const show = (display: Display) => {
    showDisplay(document.documentElement, display, (query) => matchMedia(query).matches);
    keepDisplay(localStorage, display);
  };
  return (
    <Dialog title={t("app.settings")} closeWord={t("app.close")} onClose={onClose}>
      <Choices
        legend={t("app.language")}
        chosen={[language]}
        choices={(["ja", "en"] as const).map((value) => ({ value, label: languageNames[value] }))}
        onChange={([chosen]) => {
          if (chosen === undefined) return;
          void i18n.changeLanguage(chosen);
          show({ language: chosen, mode });
        }}
      />
      <Choices
        legend={t("app.mode")}
        chosen={[mode]}
        choices={modes.map((value) => ({ value, label: t(`app.mode.${value}`) }))}
        onChange={([chosen]) => {
          if (chosen === undefined) return;
          setMode(chosen);
          show({ language, mode: chosen });
        }}
      />
    </Dialog>
  );
}
