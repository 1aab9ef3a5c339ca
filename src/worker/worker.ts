/// <reference lib="webworker" />
/**
 * The app shell and nothing else: what the build listed is cached whole before it is used, and everything else
 * (api, packs, bundles) goes to the network untouched, so no patient data can come to lie in a cache.
 * A new version waits until the page, at its lock screen, says SKIP_WAITING.
 */
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: { url: string; revision: string | null }[] };

precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();
registerRoute(new NavigationRoute(createHandlerBoundToURL("/index.html"), { denylist: [/^\/(api|packs|bundles)\//] }));

// Another open page may stand under a patient and would lose the files it still has to load: the update waits until it is closed.
self.addEventListener("message", (event) => {
  if (event.data?.type !== "SKIP_WAITING") return;
  const pages = self.clients.matchAll({ type: "window", includeUncontrolled: true });
  event.waitUntil(pages.then((open) => (open.length > 1 ? event.source?.postMessage({ type: "OTHER_PAGES_OPEN" }) : self.skipWaiting())));
});

// The first install serves the page that registered it; an update never takes over a running page by itself.
self.addEventListener("activate", (event) => {
  event.waitUntil(self.clients.claim());
});
