/** Laboratory tests: the first nine letters of a JLAC10 code name the analyte; the whole codes are given in its form, as examples. */

export interface LabTest {
  readonly key: string;
  readonly name: string;
  readonly code: string;
  /** JLAC10 material: 023 serum, 019 whole blood, 022 plasma. */
  readonly material: "023" | "019" | "022";
  readonly unit: string;
  readonly low: number;
  readonly high: number;
  readonly digits: number;
  /** Always measured, or only where a disease shifts it. */
  readonly basic: boolean;
}

export const materials = { "023": "血清", "019": "全血(添加物入り)", "022": "血漿" } as const;

const test = (key: string, name: string, code: string, unit: string, low: number, high: number, digits: number, basic = false): LabTest => {
  const material = code.slice(9, 12);
  if (material !== "023" && material !== "019" && material !== "022") throw new RangeError(`test table: ${key}`);
  return { key, name, code, material, unit, low, high, digits, basic };
};

export const labTests: readonly LabTest[] = [
  test("AST", "AST(GOT)", "3B035000002327201", "U/L", 13, 30, 0, true),
  test("ALT", "ALT(GPT)", "3B045000002327201", "U/L", 7, 42, 0, true),
  test("Cr", "クレアチニン", "3C015000002327101", "mg/dL", 0.46, 1.07, 2, true),
  test("eGFR", "推算GFR", "8A065000002391901", "mL/min/1.73m2", 60, 110, 1, true),
  test("BUN", "尿素窒素", "3C025000002327201", "mg/dL", 8, 20, 1, true),
  test("Na", "ナトリウム", "3H010000002326101", "mmol/L", 138, 145, 0, true),
  test("K", "カリウム", "3H015000002326101", "mmol/L", 3.6, 4.8, 1, true),
  test("CRP", "CRP", "5C070000002306201", "mg/dL", 0, 0.14, 2, true),
  test("CK", "CK", "3B010000002327201", "U/L", 41, 248, 0),
  test("TnI", "トロポニンI", "5C094000002305101", "ng/mL", 0, 0.026, 3),
  test("NT-proBNP", "NT-proBNP", "4Z272000002305101", "pg/mL", 0, 125, 0),
  test("HBsAg", "HBs抗原", "5F016141002305111", "IU/mL", 0, 0.05, 2),
  test("WBC", "白血球数", "2A010000001930101", "/uL", 3300, 8600, 0, true),
  test("Hb", "ヘモグロビン", "2A030000001930101", "g/dL", 11.6, 16.8, 1, true),
  test("Plt", "血小板数", "2A050000001930101", ".10*4/uL", 15.8, 34.8, 1, true),
  test("HbA1c", "HbA1c(NGSP)", "3D046000001906202", "%", 4.9, 6, 1),
  test("glucose", "血糖", "3D010000002227201", "mg/dL", 73, 109, 0, true),
  test("PT-INR", "PT-INR", "2B030000002231157", "", 0.9, 1.1, 2),
  test("BNP", "BNP", "4Z271000002205101", "pg/mL", 0, 18.4, 1),
];
