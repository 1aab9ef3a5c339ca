/** Of package.json: tests/viewer/readiness/program.test.ts holds the two to each other. */
export const version = "0.1.0";
