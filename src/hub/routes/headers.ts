import { type Door, plainDoor } from "../config-door.ts";

/** Headers of every answer: the page runs no inline code, talks to its own origin only, shares its process and its frame with nobody. */
const common: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
  "cross-origin-resource-policy": "same-origin",
  "origin-agent-cluster": "?1",
  "x-frame-options": "DENY",
  "x-dns-prefetch-control": "off",
  "x-permitted-cross-domain-policies": "none",
};

const viewerPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types tomoshibi",
];

/** Signing in at an identity provider is a navigation that the page starts itself: no form leads there, so `form-action` stays closed. */
const consolePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
];

/** Everything that reaches outside the page is refused to it, and to whatever it might embed. */
const features = [
  "accelerometer",
  "camera",
  "clipboard-read",
  "clipboard-write",
  "display-capture",
  "encrypted-media",
  "gamepad",
  "geolocation",
  "gyroscope",
  "hid",
  "idle-detection",
  "local-fonts",
  "magnetometer",
  "microphone",
  "midi",
  "payment",
  "publickey-credentials-create",
  "publickey-credentials-get",
  "serial",
  "usb",
  "window-management",
  "xr-spatial-tracking",
];
const passkeys = ["publickey-credentials-create", "publickey-credentials-get"];

function permissions(allowed: readonly string[]): string {
  return features.map((name) => `${name}=(${allowed.includes(name) ? "self" : ""})`).join(", ");
}

/** A year: who was here once by TLS never comes in the clear again. Nothing is said of other names of the domain. */
const strictTransport = { "strict-transport-security": "max-age=31536000" };

function headers(policy: readonly string[], allowed: readonly string[], origin: string | null): Readonly<Record<string, string>> {
  const secure = origin?.startsWith("https:") === true;
  return {
    ...common,
    "content-security-policy": [...policy, ...(secure ? ["upgrade-insecure-requests"] : [])].join("; "),
    "permissions-policy": permissions(allowed),
    ...(secure ? strictTransport : {}),
  };
}

export function viewerHeaders(door: Door = plainDoor): Readonly<Record<string, string>> {
  return headers(viewerPolicy, ["camera", ...passkeys], door.viewerOrigin);
}

export function consoleHeaders(door: Door = plainDoor): Readonly<Record<string, string>> {
  return headers(consolePolicy, passkeys, door.consoleOrigin);
}

/** Packs are sealed and public by name: any site's page may fetch them. */
export const packHeaders: Readonly<Record<string, string>> = {
  "cross-origin-resource-policy": "cross-origin",
  "access-control-allow-origin": "*",
  "access-control-allow-headers": "range",
  "access-control-expose-headers": "content-range, content-length, etag",
};
