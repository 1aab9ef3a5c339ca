/**
 * The one error class. Codes are a closed union; their words for people (ja, en) stand in src/words/errors.ts,
 * and a test fails when either side misses the other. Tests assert codes, never messages.
 */
export const errorCodes = [
  // general
  "internal",
  "not-found",
  "bad-request",
  "too-large",
  "unauthorized",
  "forbidden",
  "too-many-requests",
  "hub-unreachable",
  "hub-slow",
  "hub-answer-bad",
  // configuration and commands
  "config-bad-port",
  "config-bad-address",
  "config-bad-data",
  "config-bad-database-url",
  "config-port-taken",
  "config-bad-origin",
  "config-bad-oidc",
  "config-unknown",
  "cli-usage",
  "ingest-root-missing",
  "ingest-facility-bad",
  "dicomweb-bad-url",
  "dicomweb-failed",
  "person-unknown",
  "identity-kept-apart",
  "identity-one-person",
  "identity-split-bad",
  "identity-decision-unknown",
  "merge-malformed",
  "hub-data-locked",
  // consent
  "consent-default-missing",
  "consent-refused",
  "consent-entry-bad",
  "consent-file-bad",
  "master-malformed",
  "master-shrunk",
  // formats
  "cbor-malformed",
  "cose-malformed",
  "cose-signature-bad",
  "cose-signer-unknown",
  "seal-open-failed",
  "summary-malformed",
  "summary-version-unknown",
  "pack-malformed",
  "pack-version-unknown",
  "pack-hash-mismatch",
  "pack-open-failed",
  "pack-inflate-too-large",
  "ring-malformed",
  "ring-entry-missing",
  "shard-malformed",
  "bundle-malformed",
  "manifest-malformed",
  "manifest-rollback",
  "manifest-fork",
  "manifest-other-region",
  "lease-malformed",
  "lease-expired",
  "lease-other-device",
  "policy-malformed",
  "policy-missing",
  "roster-malformed",
  "rules-malformed",
  "keys-malformed",
  "keys-root-mismatch",
  // enrolment, people
  "enrol-code-malformed",
  "enrol-code-used",
  "enrol-code-expired",
  "enrol-code-unknown",
  "enrol-not-approved",
  "enrol-hub-unproven",
  "enrol-refused",
  "staff-unknown",
  "site-needed",
  "site-removed",
  "cohort-unknown",
  "cohort-in-use",
  "policy-refused",
  "staff-code-bad",
  "device-unknown",
  "device-revoked",
  "request-signature-bad",
  "request-time-off",
  "request-replayed",
  // vault, unlock
  "vault-missing",
  "vault-damaged",
  "storage-full",
  "storage-failed",
  "unlock-wrong",
  "unlock-throttled",
  "passphrase-weak",
  "passkey-unsupported",
  "passkey-cancelled",
  "not-unlocked",
  "kdf-parameters-refused",
  // glass and journal
  "journal-write-failed",
  "journal-malformed",
  "journal-chain-broken",
  "journal-gap",
  "journal-fork",
  "journal-signature-bad",
  "journal-key-not-allowed",
  "journal-batch-too-large",
  // the hub's log
  "log-place-bad",
  "log-proof-bad",
  "log-checkpoint-bad",
  "log-rewritten",
  "log-shrunk",
  "log-entry-missing",
  "log-generation-bad",
  "log-damaged",
  "audit-file-bad",
  "audit-faults",
  "backup-refused",
  "sponsorship-bad",
  "order-malformed",
  "disaster-not-declared",
  "grant-ended",
  "grant-wrong-person",
  "grant-wrong-phase",
  "reason-missing",
  "region-query-thin",
  "region-too-many",
  "region-entry-refused",
  "second-person-needed",
  "second-person-refused",
  "path-closed",
  "not-own-patient",
  "note-needed",
  "outage-over",
  "outage-malformed",
  "region-closed",
  // viewer
  "pull-interrupted",
  "pack-not-cached",
  // review
  "review-own",
  "review-changed",
  "letter-contact-missing",
  "sign-in-failed",
  "sign-in-again",
  "ceremony-ended",
  "passkey-refused",
  "passkey-last",
  "invite-bad",
  "oidc-unavailable",
  "oidc-refused",
  "oidc-not-bound",
  "host-unknown",
  "session-expired",
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** What a message may name besides its code: file, segment, field, code, count; never a person's data. */
export type ErrorDetail = Readonly<Record<string, string | number>>;

export class TomoshibiError extends Error {
  readonly code: ErrorCode;
  readonly detail: ErrorDetail;

  constructor(code: ErrorCode, detail: ErrorDetail = {}, options?: ErrorOptions) {
    super(code, options);
    this.name = "TomoshibiError";
    this.code = code;
    this.detail = detail;
  }
}

/** The code of anything thrown; what is not ours is "internal". */
export function codeOf(error: unknown): ErrorCode {
  return error instanceof TomoshibiError ? error.code : "internal";
}
