import { useState } from "react";
import type { DeviceItem, IssuedCode } from "../shared/protocol/console.ts";
import { Button } from "../ui/Button.tsx";
import { Qr } from "../ui/Qr.tsx";
import type { ConsoleWords, Language } from "../words/console.ts";
import { useConsole, useTask } from "./context.ts";
import { filled } from "./filled.ts";
import { CodeDialog, Fact, Failure } from "./parts.tsx";
import { Remaining } from "./Remaining.tsx";
import { Sure } from "./Sure.tsx";
import { when } from "./when.ts";

interface SiteDevicesProps {
  readonly site: string;
  readonly devices: readonly DeviceItem[];
  readonly onChanged: () => void;
}

/** Devices of a site, those that wait for approval first and large. */
export function SiteDevices({ site, devices, onChanged }: SiteDevicesProps) {
  const { api, words, language } = useConsole();
  const said = words.sites;
  const task = useTask();
  const [issued, setIssued] = useState<IssuedCode | null>(null);
  const pending = devices.filter(({ state }) => state === "pending");
  const others = devices.filter(({ state }) => state !== "pending");
  return (
    <section className="stack">
      <div className="page-head">
        <h2>{said.devices}</h2>
        <Button kind="main" onPress={() => task.run(async () => setIssued(await api.sites.invite(site)))} disabled={task.busy}>
          {words.newEnrolment}
        </Button>
      </div>
      <p className="soft">{words.devicesLead}</p>
      <Failure code={task.error} />
      {devices.length === 0 ? <p className="empty">{said.devicesNone}</p> : null}
      {pending.length === 0 ? null : <h3>{said.pendingTitle}</h3>}
      <ul className="stack">
        {[...pending, ...others].map((device) => (
          <Device key={device.id} device={device} onChanged={onChanged} />
        ))}
      </ul>
      {issued === null ? null : (
        <CodeDialog
          title={words.newEnrolment}
          lead={words.enrolmentLead}
          code={issued.code}
          until={when(issued.until, language)}
          onClose={() => {
            setIssued(null);
            onChanged();
          }}
        >
          <Qr text={issued.code} label={words.qrLabel} />
          <Remaining until={issued.until} />
        </CodeDialog>
      )}
    </section>
  );
}

function Device({ device, onChanged }: { readonly device: DeviceItem; readonly onChanged: () => void }) {
  const { api, words, language } = useConsole();
  const said = words.sites;
  const task = useTask();
  const pending = device.state === "pending";
  const decide = (verb: "approve" | "refuse" | "revoke") =>
    task.run(async () => {
      await api.decideDevice(device.id, verb);
      onChanged();
    });
  return (
    <li className={pending ? "card card-warn" : "card"}>
      <span className="card-title">
        <strong>{device.name}</strong>
        <span className={pending ? "badge badge-warn" : "badge"}>{words.deviceStates[device.state]}</span>
      </span>
      {pending ? <p className="fingerprint fingerprint-compare">{device.fingerprint}</p> : null}
      <dl className="facts">
        {pending ? null : (
          <Fact name={words.fingerprint}>
            <span className="fingerprint">{device.fingerprint}</span>
          </Fact>
        )}
        <Fact name={words.lastSeen}>{device.lastSeen === 0 ? words.never : when(device.lastSeen, language)}</Fact>
        {device.wipe === null ? null : <Fact name={said.wipe}>{wipeText(device.wipe, said, language)}</Fact>}
      </dl>
      <Failure code={task.error} />
      {pending ? (
        <>
          <p>{words.compare}</p>
          <div className="row">
            <Button kind="main" onPress={() => decide("approve")} disabled={task.busy}>
              {words.approve}
            </Button>
          </div>
          <Sure word={words.refuse} question={said.refuseSure} onYes={() => decide("refuse")} busy={task.busy} />
        </>
      ) : null}
      {device.state === "approved" ? (
        <Sure
          word={words.revoke}
          question={filled(said.revokeSure, { name: device.name })}
          onYes={() => decide("revoke")}
          busy={task.busy}
        />
      ) : null}
    </li>
  );
}

function wipeText(wipe: NonNullable<DeviceItem["wipe"]>, said: ConsoleWords["sites"], language: Language): string {
  if (wipe.done > 0) return filled(said.wipeDone, { at: when(wipe.done, language) });
  return wipe.told > 0 ? filled(said.wipeTold, { at: when(wipe.told, language) }) : said.wipeWaiting;
}
