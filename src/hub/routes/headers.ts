/** Headers of every answer: the page runs no inline code, talks to its own origin only, and is framed by nobody. */
const common: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "x-frame-options": "DENY",
};

function policy(rules: readonly string[]): string {
  return rules.join("; ");
}

const viewerPolicy = policy([
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
]);

const consolePolicy = policy([
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
]);

const noSensors = ["camera", "microphone", "geolocation", "usb", "serial", "payment", "display-capture"];

function permissions(allowed: readonly string[]): string {
  return noSensors.map((name) => `${name}=(${allowed.includes(name) ? "self" : ""})`).join(", ");
}

export const viewerHeaders: Readonly<Record<string, string>> = {
  ...common,
  "cross-origin-resource-policy": "same-origin",
  "content-security-policy": viewerPolicy,
  "permissions-policy": permissions(["camera"]),
};

export const consoleHeaders: Readonly<Record<string, string>> = {
  ...common,
  "cross-origin-resource-policy": "same-origin",
  "content-security-policy": consolePolicy,
  "permissions-policy": permissions([]),
};

/** Packs are sealed and public by name: any site's page may fetch them. */
export const packHeaders: Readonly<Record<string, string>> = {
  "cross-origin-resource-policy": "cross-origin",
  "access-control-allow-origin": "*",
  "access-control-allow-headers": "range",
  "access-control-expose-headers": "content-range, content-length, etag",
};
