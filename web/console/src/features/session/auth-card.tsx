import type { ReactNode } from "react";
import { LOCALE_NAMES, LOCALES } from "../../i18n/catalogue.ts";
import { useLanguage } from "../../i18n/use-t.ts";
import { Logo } from "../../ui/logo.tsx";
import { SelectField } from "../../ui/field.tsx";

/** The page around every form that is used before signing in. */
export function AuthCard({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  const { t, locale, setLocale } = useLanguage();
  const choices = LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value] }));
  return (
    <div className="flex h-full flex-col items-center overflow-y-auto px-4 py-8">
      <main className="my-auto w-full max-w-[25rem]">
        <div className="mb-6 flex items-center gap-2.5 px-1">
          <Logo size={30} />
          <span className="text-xl font-semibold tracking-tight">Tertulia</span>
        </div>
        <div className="rounded-xl border border-line bg-surface p-6 shadow-1 sm:p-7">
          <h1 className="text-xl font-semibold">{title}</h1>
          {text && <p className="mt-1.5 text-ink-2">{text}</p>}
          <div className="mt-5">{children}</div>
        </div>
        <div className="mt-4 w-36 px-1">
          <SelectField quiet label={t("common.language")} value={locale} choices={choices} onChoose={setLocale} />
        </div>
      </main>
    </div>
  );
}

export function FormProblem({ text }: { text: string | undefined }) {
  if (!text) return null;
  return (
    <p role="alert" className="rounded-md bg-danger-soft px-3 py-2 text-danger">
      {text}
    </p>
  );
}
