/**
 * What this page prepares for entries to come, so that a tap waits for less: a guess of the head, and key agreements with the hub's audit
 * key. Nothing of it opens anything, names anybody or is trusted: the writing transaction compares the head with the disk.
 */
import type { ChainHead } from "../../shared/audit/append.ts";
import { bodySender } from "../../shared/audit/body.ts";
import { type Bytes, equalBytes } from "../../shared/bytes.ts";
import type { SealOne } from "../../shared/crypto/hpke.ts";

/** An opening, the end of the one before, and one to spare. */
const SENDERS = 3;
/** After an entry, once what it opened stands on screen. */
const PAUSE_MS = 50;

export interface Ahead {
  /** Head after this page's last entry. Taken once: of two entries at once, only one is sealed for it. */
  takeHead(): ChainHead | null;
  keepHead(head: ChainHead): void;
  /** A sealing made ready for this key, used once; undefined when there is none. */
  takeSender(auditKey: Bytes): Promise<SealOne> | undefined;
  /** Makes ready again what was taken, when the page is idle. */
  prepare(auditKey: Bytes): void;
}

export function makeAhead(): Ahead {
  let guess: ChainHead | null = null;
  let key: Bytes = new Uint8Array(0);
  let senders: Promise<SealOne>[] = [];
  let waiting = false;
  const forKey = (auditKey: Bytes): void => {
    if (equalBytes(key, auditKey)) return;
    key = auditKey;
    senders = [];
  };
  const fill = (): void => {
    waiting = false;
    while (senders.length < SENDERS) {
      const sender = bodySender(key);
      senders.push(sender);
      // An entry must not fail for what was only made ready: it makes its own.
      sender.catch(() => {
        senders = senders.filter((each) => each !== sender);
      });
    }
  };
  return {
    takeHead() {
      const taken = guess;
      guess = null;
      return taken;
    },
    keepHead(head) {
      guess = head;
    },
    takeSender(auditKey) {
      forKey(auditKey);
      return senders.shift();
    },
    prepare(auditKey) {
      forKey(auditKey);
      if (waiting || senders.length >= SENDERS) return;
      waiting = true;
      setTimeout(fill, PAUSE_MS);
    },
  };
}
