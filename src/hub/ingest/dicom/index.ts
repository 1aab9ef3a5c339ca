export { type Archive, archiveAt } from "./archive.ts";
export { type InstanceFacts, isRefused, type Noted, type Refused } from "./facts.ts";
export { decodeStudy, type ReadStudy, readStudy } from "./records.ts";
export { countInstances, encodeStudy, type Study, withInstance, withListing, withoutListing } from "./study.ts";
export { isFile, type Listed, type Listing, listFolder, type ReadFile, readFile } from "./walk.ts";
export { type ListedStudy, listStudies, listStudy } from "./web.ts";
