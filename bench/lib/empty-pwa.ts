/** The reference of bench/shell: a React page that says one word, built by the same vite, the same plugin and the same kind of worker. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { build } from "vite";
import { VitePWA } from "vite-plugin-pwa";

const root = resolve(import.meta.dirname, "../..");

/** Builds it below `artefacts/bench` (inside the project, so that react resolves) and returns the folder to serve. */
export async function buildEmptyPwa(): Promise<string> {
  const source = join(root, "artefacts/bench/empty-pwa");
  const outDir = join(root, "artefacts/bench/empty-pwa-dist");
  mkdirSync(source, { recursive: true });
  writeFileSync(
    join(source, "index.html"),
    '<!doctype html><html lang="ja"><meta charset="utf-8"><title>empty</title><div id="root"></div><script type="module" src="/main.tsx"></script></html>',
  );
  writeFileSync(
    join(source, "main.tsx"),
    'import { createRoot } from "react-dom/client";\nimport { Workbox } from "workbox-window";\nvoid new Workbox("/worker.js").register();\ncreateRoot(document.getElementById("root") as HTMLElement).render(<h1 data-ready>empty</h1>);\n',
  );
  writeFileSync(
    join(source, "worker.ts"),
    'import { createHandlerBoundToURL, precacheAndRoute } from "workbox-precaching";\nimport { NavigationRoute, registerRoute } from "workbox-routing";\nprecacheAndRoute(self.__WB_MANIFEST);\nregisterRoute(new NavigationRoute(createHandlerBoundToURL("/index.html")));\nself.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));\n',
  );
  await build({
    root: source,
    configFile: false,
    logLevel: "error",
    plugins: [
      react(),
      VitePWA({
        strategies: "injectManifest",
        srcDir: ".",
        filename: "worker.ts",
        injectRegister: false,
        injectManifest: { globPatterns: ["**/*.{js,css,html,webmanifest}"] },
        manifest: { name: "empty", short_name: "empty", start_url: "/", display: "standalone", icons: [] },
      }),
    ],
    build: { target: "es2022", outDir, emptyOutDir: true, modulePreload: { polyfill: false } },
  });
  return outDir;
}
