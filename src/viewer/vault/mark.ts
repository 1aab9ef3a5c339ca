/**
 * A mark outside the databases that this device was enrolled. A browser may throw databases away (a full disk, a tab unused for days): then
 * the mark tells a device that lost everything from one that never had anything. It names site and device, as the lock screen does; nothing
 * of it opens anything, and nothing believes it but a notice.
 */
export interface Enrolled {
  readonly site: string;
  readonly device: string;
}

export interface EnrolledMark {
  /** null: this device was never enrolled, or the mark went with everything else. Names are "" where only the cookie is left. */
  read(): Enrolled | null;
  keep(enrolled: Enrolled): void;
  forget(): void;
}

const place = "tomoshibi-enrolled";
/** The longest that browsers keep a cookie. */
const COOKIE_SECONDS = 400 * 24 * 60 * 60;

/** In plain storage, with the names; and in a cookie without them, since some browsers evict storage as one and cookies apart. */
export function browserMark(
  storage: Pick<Storage, "getItem" | "setItem" | "removeItem">,
  page: { cookie: string; readonly location: Pick<Location, "protocol"> },
): EnrolledMark {
  const cookie = (value: string, seconds: number) => {
    page.cookie = `${place}=${value}; path=/; max-age=${seconds}; samesite=strict${page.location.protocol === "https:" ? "; secure" : ""}`;
  };
  return {
    read() {
      const [site, device, ...more] = (storage.getItem(place) ?? "").split("\n");
      if (site !== undefined && device !== undefined && more.length === 0) return { site, device };
      return page.cookie.split("; ").includes(`${place}=1`) ? { site: "", device: "" } : null;
    },
    keep({ site, device }) {
      // A storage that refuses must not keep anybody from care; the cookie may still be taken.
      try {
        storage.setItem(place, [site, device].map((name) => name.replaceAll("\n", " ")).join("\n"));
      } catch (error) {
        console.info("the mark of enrolment could not be kept", error);
      }
      cookie("1", COOKIE_SECONDS);
    },
    forget() {
      storage.removeItem(place);
      cookie("", 0);
    },
  };
}
