/** What the browser tells of this device. Each question may be unknown to it, refuse, or hang: then the answer is null, never a guess. */
import type { BrowserFacts } from "./facts.ts";
import { storedProgram } from "./program.ts";
import { version } from "./version.ts";

const PATIENCE_MS = 2_000;

interface Battery {
  readonly level: number;
  readonly charging: boolean;
}

export async function browserFacts(): Promise<BrowserFacts> {
  const [shell, waits, persisted, storage, camera, battery] = await Promise.all([
    answered("caches" in globalThis ? storedProgram(caches) : null),
    answered(navigator.serviceWorker?.getRegistration().then((found) => found?.waiting != null)),
    answered(navigator.storage?.persisted?.()),
    answered(navigator.storage?.estimate?.().then(storageOf)),
    answered(cameraState()),
    answered(batteryState()),
  ]);
  return {
    program: { version, build: shell?.build ?? "", stored: shell?.stored ?? null, waits: waits === true },
    installed: isInstalled(),
    persisted,
    storage,
    camera,
    battery,
  };
}

/** null: the question is not known here, was refused, or had no answer within two seconds. */
async function answered<T>(question: Promise<T> | T | null | undefined): Promise<T | null> {
  if (question === null || question === undefined) return null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, null);
  });
  try {
    return await Promise.race([question, late]);
  } catch (error) {
    console.info("the browser did not answer", error instanceof Error ? error.name : "");
    return null;
  } finally {
    clearTimeout(timer);
  }
}

function storageOf({ usage, quota }: StorageEstimate): BrowserFacts["storage"] {
  return usage === undefined || quota === undefined ? null : { used: usage, quota };
}

/** Safari tells by a flag of its own. */
function isInstalled(): boolean | null {
  const flag: unknown = Reflect.get(navigator, "standalone");
  if (flag === true) return true;
  const modes = ["standalone", "fullscreen", "minimal-ui", "window-controls-overlay"];
  if (modes.some((mode) => matchMedia(`(display-mode: ${mode})`).matches)) return true;
  return matchMedia("(display-mode: browser)").matches ? false : null;
}

async function cameraState(): Promise<BrowserFacts["camera"]> {
  if (!navigator.mediaDevices?.enumerateDevices) return "absent";
  const devices = await navigator.mediaDevices.enumerateDevices();
  if (!devices.some(({ kind }) => kind === "videoinput")) return "absent";
  // Not every browser knows the camera as a permission: then nobody knows before it was tried.
  const permission = await navigator.permissions?.query({ name: "camera" }).catch(() => null);
  if (!permission) return null;
  return permission.state === "granted" ? "granted" : permission.state === "denied" ? "refused" : "ask";
}

async function batteryState(): Promise<BrowserFacts["battery"]> {
  const ask: unknown = Reflect.get(navigator, "getBattery");
  if (typeof ask !== "function") return null;
  const { level, charging }: Battery = await ask.call(navigator);
  return Number.isFinite(level) ? { level, charging } : null;
}
