import type { ContactBrief } from "@tertulia/api-client";
import { BadgeCheck, Ban, CircleHelp } from "lucide-react";
import { useT } from "../../i18n/use-t.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Tip } from "../../ui/tip.tsx";

export function ContactHeading({ contact }: { contact: ContactBrief }) {
  const t = useT();
  return (
    <div className="flex items-center gap-3 pr-8">
      <Avatar name={contact.name} url={contact.avatar_url} size={48} />
      <div className="min-w-0">
        <p className="text-lg leading-tight font-semibold break-words">{contact.name}</p>
        <p className="mt-1 flex flex-wrap gap-1.5">
          <Tip text={t(contact.verified ? "contact.verifiedHint" : "contact.unverifiedHint")}>
            <span>
              <Badge tone={contact.verified ? "ok" : "plain"}>
                {contact.verified ? <BadgeCheck size={13} /> : <CircleHelp size={13} />}
                {t(contact.verified ? "contact.verified" : "contact.unverified")}
              </Badge>
            </span>
          </Tip>
          {contact.blocked && <Badge tone="danger"><Ban size={12} />{t("contact.blocked")}</Badge>}
        </p>
      </div>
    </div>
  );
}
