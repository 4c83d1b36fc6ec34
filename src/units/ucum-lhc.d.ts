/** The part of `@lhncbc/ucum-lhc` that is used here; the package ships without types. */
declare module '@lhncbc/ucum-lhc' {
  export class UcumLhcUtils {
    static getInstance(): UcumLhcUtils;
    convertUnitTo(
      fromUnitCode: string,
      fromValue: number,
      toUnitCode: string,
    ): { readonly status: 'succeeded' | 'failed' | 'error'; readonly toVal: number | null };
  }
  export class UnitTables {
    static getInstance(): UnitTables;
    getUnitByCode(code: string): { readonly csCode_?: string } | null | undefined;
  }
}
