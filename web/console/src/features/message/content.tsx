import type { Message } from "@tertulia/api-client";
import { safeHref, type Content, type ContentOf } from "@tertulia/core";
import { ContactRound, FileQuestion, Mail, MapPin, MousePointerClick } from "lucide-react";
import { useT } from "../../i18n/use-t.ts";
import { FormattedText } from "./formatted-text.tsx";
import { PlainText } from "./plain-text.tsx";

/** The body of a message of every type; attachments are shown beside it. */
export function MessageContent({ content, spans = [] }: { content: Content; spans?: Message["spans"] }) {
  switch (content.type) {
    case "text":
    case "image":
    case "file":
    case "audio":
    case "video":
    case "sticker":
      return <FormattedText text={content.text} spans={spans} />;
    case "location":
      return <Location content={content} />;
    case "contact":
      return <SharedContact content={content} />;
    case "buttons":
      return <><PlainText text={content.text} /><Buttons buttons={content.buttons} /></>;
    case "cards":
      return <Cards content={content} />;
    case "form":
      return <Form content={content} />;
    case "reply":
      return <Reply content={content} />;
    case "template":
      return <><PlainText text={content.text} /><Origin>{content.name} · {content.language}</Origin></>;
    case "email":
      return <Email content={content} />;
    case "unsupported":
      return <Unsupported content={content} />;
    case "activity":
      return null;
  }
}

function Origin({ children }: { children: React.ReactNode }) {
  return <p className="mt-1 text-xs text-ink-3">{children}</p>;
}

function Location({ content }: { content: ContentOf<"location"> }) {
  const t = useT();
  const { latitude, longitude, title, address } = content;
  const href = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" className="flex items-start gap-2.5 hover:underline">
      <MapPin size={18} className="mt-0.5 shrink-0 text-accent" />
      <span>
        <span className="block font-medium">{title || t("message.location")}</span>
        {address && <span className="block text-sm text-ink-2">{address}</span>}
        <span className="block text-xs text-ink-3 tabular-nums">{latitude.toFixed(5)}, {longitude.toFixed(5)}</span>
      </span>
    </a>
  );
}

function SharedContact({ content }: { content: ContentOf<"contact"> }) {
  return (
    <div className="flex items-start gap-2.5">
      <ContactRound size={18} className="mt-0.5 shrink-0 text-accent" />
      <div>
        <p className="font-medium">{content.name}</p>
        {content.phones.map((phone) => <a key={phone} href={`tel:${phone.replaceAll(/[^+\d]/g, "")}`} className="block text-sm underline">{phone}</a>)}
        {content.emails.map((email) => <PlainText key={email} text={email} className="text-sm" />)}
      </div>
    </div>
  );
}

function Buttons({ buttons }: { buttons: ContentOf<"buttons">["buttons"] }) {
  return (
    <ul className="mt-2 flex flex-wrap gap-1.5">
      {buttons.map((button) => {
        const href = button.url === null ? null : safeHref(button.url);
        const look = "inline-block rounded-md border border-accent-line bg-surface px-2.5 py-1 text-sm text-accent-strong";
        return (
          <li key={button.id}>
            {href ? <a href={href} target="_blank" rel="noopener noreferrer" className={`${look} underline`}>{button.title}</a> : <span className={look}>{button.title}</span>}
          </li>
        );
      })}
    </ul>
  );
}

function Cards({ content }: { content: ContentOf<"cards"> }) {
  return (
    <div className="flex max-w-full gap-2 overflow-x-auto pb-1" tabIndex={0}>
      {content.cards.map((card, index) => (
        <article key={index} className="w-52 shrink-0 overflow-hidden rounded-lg border border-line bg-surface">
          <div className="p-2.5">
            <p className="font-medium">{card.title}</p>
            {card.subtitle && <p className="text-sm text-ink-2">{card.subtitle}</p>}
            <Buttons buttons={card.buttons} />
          </div>
        </article>
      ))}
    </div>
  );
}

function Form({ content }: { content: ContentOf<"form"> }) {
  return (
    <div>
      <p className="font-medium">{content.title}</p>
      <ul className="mt-1 flex flex-col gap-1 text-sm text-ink-2">
        {content.fields.map(({ key, label, required }) => (
          <li key={key} className="rounded-sm border border-dashed border-line-strong px-2 py-1">{label}{required && " *"}</li>
        ))}
      </ul>
    </div>
  );
}

function Reply({ content }: { content: ContentOf<"reply"> }) {
  const values = Object.entries(content.values);
  return (
    <div className="flex gap-2">
      <MousePointerClick size={15} className="mt-1 shrink-0 text-accent" />
      <div className="min-w-0">
        <PlainText text={content.text} />
        {values.length > 0 && (
          <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 text-sm">
            {values.map(([key, value]) => (
              <div key={key} className="contents"><dt className="text-ink-3">{key}</dt><dd className="break-words">{value}</dd></div>
            ))}
          </dl>
        )}
      </div>
    </div>
  );
}

function Email({ content }: { content: ContentOf<"email"> }) {
  const t = useT();
  return (
    <div>
      <p className="flex items-center gap-2 font-medium"><Mail size={15} className="shrink-0 text-ink-3" />{content.subject || t("message.noSubject")}</p>
      <p className="mt-0.5 mb-2 text-xs text-ink-3">
        {content.from} → {[...content.to, ...content.cc].join(", ")}
      </p>
      <PlainText text={content.text} />
    </div>
  );
}

function Unsupported({ content }: { content: ContentOf<"unsupported"> }) {
  const t = useT();
  return (
    <div className="flex items-start gap-2 text-ink-2">
      <FileQuestion size={16} className="mt-0.5 shrink-0" />
      <div>
        <p className="italic">{t("message.unsupported", { kind: content.kind })}</p>
        <PlainText text={content.text} />
      </div>
    </div>
  );
}
