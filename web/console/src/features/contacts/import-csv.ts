import { answer, type ImportReport } from "@tertulia/api-client";
import { api } from "../../app/api.ts";

/**
 * Sends a CSV file as it is, since the server knows encodings; a dry run says what would happen and changes nothing.
 * Who goes on after that has seen which rows are refused, so the others are taken.
 */
export async function importCsv(file: File, isDryRun: boolean): Promise<ImportReport> {
  return answer(
    api.POST("/v1/contacts/import", {
      params: { query: { dry_run: isDryRun, partial: !isDryRun } },
      body: file.name,
      bodySerializer: () => file,
      headers: { "content-type": "text/csv" },
    }),
  );
}
