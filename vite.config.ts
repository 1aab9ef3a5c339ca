import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { VitePWA } from "vite-plugin-pwa";

/** Two pages on two origins, so two builds: the viewer (default) and the operator's console (`--mode console`). */
export default defineConfig(({ mode }) => (mode === "console" ? consolePage() : viewerPage()));

/** Where `npm run dev` finds the hub: the same variable that moves the hub itself. */
const hubOrigin = `http://localhost:${process.env.TOMOSHIBI_PORT ?? "8787"}`;
const consoleOrigin = `http://localhost:${process.env.TOMOSHIBI_CONSOLE_PORT ?? "8788"}`;

const shared = {
  build: { target: "es2022", sourcemap: false, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
} as const;

/** The screens are fetched together with the core that is evaluated before them (src/viewer/main.tsx). */
function preloadScreens(): Plugin {
  return {
    name: "preload-screens",
    transformIndexHtml: {
      order: "post",
      handler(_, { bundle }) {
        const chunks = Object.values(bundle ?? {}).flatMap((output) => (output.type === "chunk" ? [output] : []));
        const screens = chunks.find((chunk) => chunk.moduleIds.some((id) => id.endsWith("/src/viewer/app/mount.tsx")));
        const entry = chunks.find((chunk) => chunk.isEntry);
        const there = new Set([entry?.fileName, ...(entry?.imports ?? [])]);
        const files = screens === undefined ? [] : [screens.fileName, ...screens.imports];
        return files
          .filter((file) => !there.has(file))
          .map((file) => ({
            tag: "link",
            attrs: { rel: "modulepreload", crossorigin: true, href: `/${file}` },
            injectTo: "head" as const,
          }));
      },
    },
  };
}

function viewerPage() {
  const icons = [{ src: "/icon-192.png", sizes: "192x192", type: "image/png" }];
  return {
    plugins: [
      react(),
      preloadScreens(),
      VitePWA({
        strategies: "injectManifest" as const,
        srcDir: "src/worker",
        filename: "worker.ts",
        injectRegister: false as const,
        injectManifest: {
          globPatterns: ["**/*.{js,css,html,svg,png,webp,wasm,webmanifest}"],
          maximumFileSizeToCacheInBytes: 8_000_000,
        },
        manifest: {
          id: "/",
          name: "灯 Tomoshibi",
          short_name: "灯",
          description: "救急・災害時ビューア",
          lang: "ja",
          start_url: "/",
          scope: "/",
          display: "standalone" as const,
          categories: ["medical"],
          // A shortcut or a second tap on the icon brings the window that is open to the front: it never navigates away from under a patient.
          launch_handler: { client_mode: ["focus-existing" as const, "auto" as const] },
          background_color: "#101418",
          theme_color: "#101418",
          icons: [
            { src: "/icon.svg", sizes: "any", type: "image/svg+xml" },
            { src: "/icon-192.png", sizes: "192x192", type: "image/png" },
            { src: "/icon-512.png", sizes: "512x512", type: "image/png" },
            { src: "/icon-maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" as const },
          ],
          shortcuts: [
            { name: "読み取り Scan", short_name: "読み取り", description: "QR・バーコードを読み取る Scan a code", url: "/?to=scan", icons },
            { name: "さがす Search", short_name: "さがす", description: "氏名などでさがす Search by name", url: "/?to=search", icons },
          ],
        },
      }),
    ],
    server: { proxy: { "/api": hubOrigin, "/bundles": hubOrigin, "/packs": hubOrigin } },
    build: {
      ...shared.build,
      outDir: "dist/viewer",
      emptyOutDir: true,
      // Two files until the lock screen stands, whatever its parts share with later screens: each file costs a way through the worker.
      rolldownOptions: {
        output: {
          codeSplitting: {
            groups: [
              { name: "core", test: /src\/viewer\/main\.tsx$/, priority: 2 },
              { name: "screens", test: /src\/viewer\/app\/mount\.tsx$/, priority: 1 },
            ],
          },
        },
      },
    },
  };
}

function consolePage() {
  return {
    root: "src/console",
    publicDir: false as const,
    plugins: [react()],
    server: { proxy: { "/api": consoleOrigin } },
    build: { ...shared.build, outDir: "../../dist/console", emptyOutDir: true },
  };
}
