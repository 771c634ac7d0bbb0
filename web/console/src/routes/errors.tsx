import { Link, type ErrorComponentProps } from "@tanstack/react-router";
import { explain } from "../app/problems.ts";
import { useT } from "../i18n/use-t.ts";
import { Button } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";

export function NotFound() {
  const t = useT();
  return (
    <Empty title={t("common.notFound")} text={t("common.notFoundText")}>
      <Link to="/conversations" className="font-medium text-accent underline">{t("common.toInbox")}</Link>
    </Empty>
  );
}

export function Crash({ error, reset }: ErrorComponentProps) {
  const t = useT();
  return (
    <Empty title={t("common.failed")} text={explain(error, t)}>
      <Button onClick={reset}>{t("common.tryAgain")}</Button>
    </Empty>
  );
}
