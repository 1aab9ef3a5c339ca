import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "../ui/base.css";
import "../ui/parts.css";
import "./console.css";
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

createRoot(root).render(
  <StrictMode>
    <App api={makeApi((input, init) => fetch(input, init))} preferred={navigator.language.startsWith("ja") ? "ja" : "en"} />
  </StrictMode>,
);
