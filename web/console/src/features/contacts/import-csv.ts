import { answer, type ImportReport } from "@tertulia/api-client";
import { api } from "../../app/api.ts";

/** Sends a CSV file; a dry run says what would happen and changes nothing. */
export async function importCsv(csv: string, isDryRun: boolean): Promise<ImportReport> {
  return answer(
    api.POST("/v1/contacts/import", {
      params: { query: { dry_run: isDryRun } },
      body: csv,
      bodySerializer: (text: string) => text,
      headers: { "content-type": "text/csv" },
    }),
  );
}
