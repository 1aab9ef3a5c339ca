import type { Kysely, Transaction } from "kysely";
import type { ConsentDayRow, ConsentEntryRow, MarkRow, WithheldRow } from "./consent.ts";
import type { DeviceRow } from "./device.ts";
import type { EnrolmentRow } from "./enrolment.ts";
import type { FacilityRow } from "./facility.ts";
import type { FeedRow } from "./feed.ts";
import type { FhirNameRow, FhirUnitRow } from "./fhir.ts";
import type { ContentRow, FileRow } from "./file.ts";
import type { CardRow, DecisionRow as IdentityDecisionRow, LookRow, PairRow } from "./identity.ts";
import type { AlertRow, ChainRow, EntryRow, QuarantineRow } from "./journal.ts";
import type { MasterCodeRow, MasterRow } from "./master.ts";
import type { IndexRowRow, PackRow } from "./pack.ts";
import type { PatientRow } from "./patient.ts";
import type { PersonRow } from "./person.ts";
import type { PolicyRow } from "./policy.ts";
import type { PublicationPartRow, PublicationRow } from "./publication.ts";
import type { QueryRow } from "./query.ts";
import type { DecisionRow, ReviewRow } from "./review.ts";
import type { ReviewerRow } from "./reviewer.ts";
import type { SecretRow } from "./secret.ts";
import type { SiteRow } from "./site.ts";
import type { StaffKeyRow, StaffRow } from "./staff.ts";

/** Every table by its SQL name. A new table: one file with its row interface and functions, a line here, a migration. */
export interface Tables {
  secret: SecretRow;
  facility: FacilityRow;
  file: FileRow;
  content: ContentRow;
  feed: FeedRow;
  fhir_unit: FhirUnitRow;
  fhir_name: FhirNameRow;
  patient: PatientRow;
  person: PersonRow;
  master: MasterRow;
  master_code: MasterCodeRow;
  pack: PackRow;
  index_row: IndexRowRow;
  publication: PublicationRow;
  publication_part: PublicationPartRow;
  site: SiteRow;
  staff: StaffRow;
  staff_key: StaffKeyRow;
  enrolment: EnrolmentRow;
  device: DeviceRow;
  policy: PolicyRow;
  reviewer: ReviewerRow;
  journal_chain: ChainRow;
  journal_entry: EntryRow;
  journal_quarantine: QuarantineRow;
  alert: AlertRow;
  review: ReviewRow;
  review_decision: DecisionRow;
  consent_entry: ConsentEntryRow;
  consent_day: ConsentDayRow;
  withheld_person: WithheldRow;
  consent_mark: MarkRow;
  identity_decision: IdentityDecisionRow;
  identity_pair: PairRow;
  identity_card: CardRow;
  identity_query: QueryRow;
  identity_look: LookRow;
}

/** What every table function takes: the store's database or an open transaction. */
export type Db = Kysely<Tables> | Transaction<Tables>;
