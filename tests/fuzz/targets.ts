import { fhirShapeTarget, fhirTarget } from "./targets-fhir.ts";
import { dicomTarget, masterTarget } from "./targets-files.ts";
import { documentTarget, messageTarget } from "./targets-ssmix2.ts";
import { consentTarget, mllpTarget } from "./targets-words.ts";

/** Every parser of bytes that come from outside the hub. */
export const targets = [messageTarget, documentTarget, fhirTarget, fhirShapeTarget, dicomTarget, masterTarget, consentTarget, mllpTarget];
