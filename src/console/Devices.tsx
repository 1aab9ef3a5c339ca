import { useState } from "react";
import type { DeviceItem, IssuedCode } from "../shared/protocol/console.ts";
import { Button } from "../ui/Button.tsx";
import { type Loaded, useConsole, useLoaded, useTask } from "./context.ts";
import { CodeDialog, Fact, Failure, PageHead } from "./parts.tsx";
import { Qr } from "./Qr.tsx";
import { when } from "./when.ts";

export function Devices() {
  const { api, words, language } = useConsole();
  const loaded = useLoaded((asked) => asked.devices());
  const task = useTask();
  const [issued, setIssued] = useState<IssuedCode | null>(null);
  return (
    <section className="stack">
      <PageHead title={words.tabs.devices} lead={words.devicesLead} loaded={loaded}>
        <Button kind="main" onPress={() => task.run(async () => setIssued(await api.newEnrolment()))} disabled={task.busy}>
          {words.newEnrolment}
        </Button>
      </PageHead>
      <Failure code={task.error} />
      {loaded.value?.length === 0 ? <p className="empty">{words.devicesNone}</p> : null}
      <ul className="stack">
        {(loaded.value ?? []).map((device) => (
          <Device key={device.id} device={device} onChanged={loaded.set} />
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
            loaded.reload();
          }}
        >
          <Qr text={issued.code} label={words.qrLabel} />
        </CodeDialog>
      )}
    </section>
  );
}

function Device({ device, onChanged }: { readonly device: DeviceItem; readonly onChanged: Loaded<readonly DeviceItem[]>["set"] }) {
  const { api, words, language } = useConsole();
  const task = useTask();
  const [sure, setSure] = useState(false);
  const decide = (verb: "approve" | "refuse" | "revoke") => task.run(async () => onChanged(await api.decideDevice(device.id, verb)));
  return (
    <li className={device.state === "pending" ? "card card-warn" : "card"}>
      <span className="card-title">
        <strong>{device.name}</strong>
        <span className={device.state === "pending" ? "badge badge-warn" : "badge"}>{words.deviceStates[device.state]}</span>
      </span>
      <dl className="facts">
        <Fact name={words.fingerprint}>
          <span className={device.state === "pending" ? "fingerprint fingerprint-large" : "fingerprint"}>{device.fingerprint}</span>
        </Fact>
        <Fact name={words.lastSeen}>{device.lastSeen === 0 ? words.never : when(device.lastSeen, language)}</Fact>
      </dl>
      <Failure code={task.error} />
      {device.state === "pending" ? (
        <>
          <p>{words.compare}</p>
          <div className="row">
            <Button kind="main" onPress={() => decide("approve")} disabled={task.busy}>
              {words.approve}
            </Button>
            <Button onPress={() => decide("refuse")} disabled={task.busy}>
              {words.refuse}
            </Button>
          </div>
        </>
      ) : null}
      {device.state === "approved" && !sure ? (
        <div className="row">
          <Button onPress={() => setSure(true)}>{words.revoke}</Button>
        </div>
      ) : null}
      {device.state === "approved" && sure ? (
        <>
          <p>{words.revokeSure}</p>
          <div className="row">
            <Button onPress={() => decide("revoke")} disabled={task.busy}>
              {words.yes}
            </Button>
            <Button onPress={() => setSure(false)}>{words.no}</Button>
          </div>
        </>
      ) : null}
    </li>
  );
}
