/**
 * Who may import whom (docs/architecture.md): room → prefixes it may import besides itself. "" lists what every room may import.
 * The longest matching room counts.
 */
const anywhere = ["src/shared/error.ts", "src/shared/bytes.ts", "src/shared/clock.ts"];
const store = ["src/hub/store", "src/hub/record", "src/shared"];

export const importTable: Readonly<Record<string, readonly string[]>> = {
  "": anywhere,
  "src/shared/error.ts": [],
  "src/shared/bytes.ts": [],
  "src/shared/clock.ts": [],
  "src/shared/crypto": [],
  "src/shared/summary": [],
  "src/shared/pack": ["src/shared/crypto"],
  "src/shared/audit": ["src/shared/crypto"],
  "src/shared/note": ["src/shared/crypto"],
  "src/shared/protocol": ["src/shared"],

  "src/hub/webcrypto.d.ts": [],
  "src/hub/record": [],
  "src/hub/ingest": ["src/hub/record"],
  "src/hub/identity": ["src/hub/record", "src/shared/summary"],
  "src/hub/ips": ["src/shared/summary"],
  "src/hub/summarize": ["src/hub/record", "src/shared/summary"],
  "src/hub/text": [],
  "src/hub/synth": ["src/hub/record", "src/hub/text", "src/shared/summary"],
  "src/hub/store": ["src/hub/record", "src/shared"],
  "src/hub/publish": store,
  "src/hub/people": store,
  "src/hub/review": store,
  "src/hub/notes": ["src/hub/ips", ...store],
  "src/hub/audit": ["src/hub/config-senders.ts", ...store],
  "src/hub/flow": ["src/hub/ingest", "src/hub/ips", "src/hub/identity", "src/hub/summarize", "src/hub/publish", "src/hub/people", ...store],
  "src/hub/routes": [
    "src/hub/audit",
    "src/hub/config-door.ts",
    "src/hub/flow",
    "src/hub/notes",
    "src/hub/people",
    "src/hub/publish",
    "src/hub/review",
    ...store,
  ],
  "src/hub/mllp": ["src/hub/flow", "src/hub/identity", "src/hub/text", ...store],
  // The operator reads errors and warnings too: the one place of the hub that has words.
  "src/hub/cli": ["src/hub", "src/shared/protocol", "src/words/alerts.ts", "src/words/errors.ts", "src/words/warnings.ts"],
  "src/hub/config.ts": ["src/hub/config-door.ts", "src/hub/config-senders.ts"],
  "src/hub/config-senders.ts": [],
  "src/hub/config-door.ts": [],
  "src/hub/hub.ts": ["src/hub", "src/shared"],
  "src/hub/listen.ts": ["src/hub/hub.ts"],
  "src/hub/main.ts": ["src/hub", "src/shared"],

  "src/ui": ["src/words"],
  "src/words": [],

  "src/viewer/vault": ["src/shared/pack", "src/shared/crypto"],
  "src/viewer/journal": ["src/viewer/vault", "src/shared/audit", "src/shared/crypto"],
  "src/viewer/sync": ["src/viewer/vault", "src/viewer/journal", "src/shared/audit", "src/shared/protocol", "src/shared/crypto"],
  // What is printed on our own paper is read by the same parser that wrote it.
  "src/viewer/find": ["src/viewer/vault", "src/shared/summary", "src/shared/protocol/paper.ts"],
  "src/viewer/glass": ["src/viewer/vault", "src/viewer/journal", "src/shared/pack", "src/shared/summary", "src/shared/crypto"],
  "src/viewer/chart": ["src/ui", "src/words", "src/shared/summary"],
  "src/viewer/notes": ["src/viewer/vault", "src/viewer/journal", "src/shared/note", "src/shared/crypto", "src/ui", "src/words"],
  "src/viewer/readiness": ["src/viewer/vault", "src/shared/protocol", "src/words"],
  // Paper says what the page says: the lines, dates and absence states of the chart are drawn by the same parts.
  "src/viewer/print": ["src/ui", "src/words", "src/viewer/chart", "src/shared/summary", "src/shared/protocol/paper.ts"],
  // Its copy for the wall is a sheet of paper as the others are.
  "src/viewer/manual": ["src/ui", "src/words", "src/viewer/print"],
  "src/viewer/update": ["src/ui", "src/words"],
  // A drill makes a vault of its own, so it needs what a hub would seal and sign with.
  "src/viewer/drill": ["src/viewer/vault", "src/viewer/journal", "src/shared"],
  "src/viewer/app": ["src/viewer", "src/ui", "src/words", "src/shared"],
  "src/viewer/main.tsx": ["src/viewer", "src/ui", "src/words", "src/shared"],

  "src/console": ["src/shared", "src/ui", "src/words"],
  "src/worker": ["src/shared"],
};
