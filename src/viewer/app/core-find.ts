/** The find room as one part, loaded at unlock: a locked page searches nothing. */
export { hitOf, makeLookup, peopleOf } from "../find/people.ts";
export { makeSearch } from "../find/search.ts";
