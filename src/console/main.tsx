import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "../ui/base.css";
import "../ui/parts.css";
import "./console.css";
import "./people.css";
import { type ErrorCode, errorCodes } from "../shared/error.ts";
import { App } from "./App.tsx";
import { makeApi } from "./api.ts";

const root = document.getElementById("page");
if (root === null) throw new Error("the page has no root");

const night = window.matchMedia("(prefers-color-scheme: dark)");
const follow = () => {
  if (night.matches) document.documentElement.dataset.mode = "night";
  else delete document.documentElement.dataset.mode;
};
night.addEventListener("change", follow);
follow();

/** An error's code that a sign-in elsewhere came back with; taken out of the address at once. */
function takeRefusal(): ErrorCode | null {
  const told = /^#refused=([a-z-]+)$/.exec(window.location.hash)?.[1];
  if (window.location.hash !== "") window.history.replaceState(null, "", "/");
  return errorCodes.find((code) => code === told) ?? null;
}

createRoot(root).render(
  <StrictMode>
    <App
      api={makeApi((input, init) => fetch(input, init))}
      preferred={navigator.language.startsWith("ja") ? "ja" : "en"}
      refused={takeRefusal()}
    />
  </StrictMode>,
);
