import type { ContentOf } from "@tertulia/core";
import { useShell } from "../shell/context.ts";
import { Icon } from "../shell/icons.tsx";

export function Place({ place }: { place: ContentOf<"location"> }) {
  const { t } = useShell();
  const { latitude, longitude, title, address } = place;
  const at = `${Number(latitude)}/${Number(longitude)}`;
  const map = `https://www.openstreetmap.org/?mlat=${Number(latitude)}&mlon=${Number(longitude)}#map=16/${at}`;
  return (
    <div class="info">
      <span class="info-icon"><Icon name="pin" /></span>
      <b dir="auto">{title || t("location")}</b>
      <span dir="auto">{address || `${latitude}, ${longitude}`}</span>
      <a href={map} target="_blank" rel="noopener noreferrer">{t("open_map")}</a>
    </div>
  );
}

export function ContactCard({ contact }: { contact: ContentOf<"contact"> }) {
  return (
    <div class="info">
      <span class="info-icon"><Icon name="person" /></span>
      <b dir="auto">{contact.name}</b>
      {contact.phones.map((phone) => <a key={phone} href={`tel:${phone.replace(/[^\d+]/g, "")}`}>{phone}</a>)}
      {contact.emails.map((email) => <a key={email} href={`mailto:${encodeURIComponent(email).replace("%40", "@")}`}>{email}</a>)}
    </div>
  );
}
