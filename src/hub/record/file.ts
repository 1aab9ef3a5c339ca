/** Where a record came from: one row of the hub's file table. */
export interface FileIdentity {
  readonly facility: string;
  readonly pid: string;
  /** YYYYMMDD or "-". */
  readonly day: string;
  /** ADT-00, OMP-01 … */
  readonly type: string;
  readonly orderNo: string;
  /** 発生日時, 14 to 17 digits. */
  readonly stamp: string;
  readonly department: string;
  readonly flag: "0" | "1" | "2";
  /** File name without folders. */
  readonly name: string;
}

/** Ends of the names of files beside a document that are kept and that no reader opens. */
export const opaqueEndings: readonly string[] = "pdf png jpg jpeg gif tif tiff bmp dcm zip doc docx xls xlsx ppt pptx mfer mwf".split(" ");
