import type { Device, Section } from "../../shared/summary/summary.ts";
import { Entry } from "./Entry.tsx";
import { Fact } from "./Fact.tsx";
import { usePage } from "./page.ts";
import { SectionFrame } from "./SectionFrame.tsx";
import { withKeys } from "./withKeys.ts";

const badges = { active: "badge badge-danger", unknown: "badge badge-warn", removed: "badge" } as const;
const marks = { active: "■", unknown: "？", removed: "✕" } as const;

/** Devices in the body; one of unknown fate counts as there; removed ones apart and dated. */
export function Devices({ section }: { readonly section: Section<Device> }) {
  const { t } = usePage();
  const inside = [...section.items].filter(({ status }) => status !== "removed");
  const active = [...inside.filter(({ status }) => status === "active"), ...inside.filter(({ status }) => status !== "active")];
  const removed = section.items.filter(({ status }) => status === "removed");
  return (
    <SectionFrame name="devices" section={section}>
      <DeviceList devices={active} />
      {removed.length === 0 ? null : (
        <div className="apart">
          <h3>{t("device.removedTitle")}</h3>
          <DeviceList devices={removed} />
        </div>
      )}
    </SectionFrame>
  );
}

function DeviceList({ devices }: { readonly devices: readonly Device[] }) {
  const { t, day } = usePage();
  if (devices.length === 0) return null;
  return (
    <ul className="items">
      {withKeys(devices).map(([key, device]) => (
        <Entry item={device} coded={device.device} key={key}>
          <p className="item-title">
            <span className={badges[device.status]}>
              <span aria-hidden="true">{marks[device.status]} </span>
              {t(`device.${device.status}`)}
            </span>
            <strong>{device.device.text}</strong>
          </p>
          <p className="facts">
            <Fact label={t("device.site")} text={device.site} strong />
            <Fact label={t("device.implanted")} text={device.implanted === null ? "" : day(device.implanted)} />
            {device.status !== "removed" && device.removed === null ? null : (
              <Fact label={t("device.removedOn")} text={device.removed === null ? t("date.unknown") : day(device.removed)} strong />
            )}
            <Fact label={t("device.maker")} text={device.maker} />
            <Fact label={t("device.identifier")} text={device.identifier} />
            <Fact label={t("device.note")} text={device.note} />
          </p>
        </Entry>
      ))}
    </ul>
  );
}
