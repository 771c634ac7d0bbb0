import { Plus } from "lucide-react";
import { useT } from "../../i18n/use-t.ts";
import { LabelDot } from "../../ui/badge.tsx";
import { IconButton } from "../../ui/button.tsx";
import { Menu, MenuCheckItem, MenuLabel } from "../../ui/menu.tsx";
import { Section } from "../../ui/section.tsx";
import { useLabelColor, useLabels } from "../directory/queries.ts";

interface Props {
  title: string;
  chosen: readonly string[];
  onChange: (labels: string[]) => void;
}

export function LabelPicker({ title, chosen, onChange }: Props) {
  const t = useT();
  const labels = useLabels();
  const colorOf = useLabelColor();
  const toggle = (name: string, isOn: boolean) => onChange(isOn ? [...chosen, name] : chosen.filter((each) => each !== name));
  const picker = (
    <Menu align="end" trigger={<IconButton label={t("labels.change")} size="tiny"><Plus size={15} /></IconButton>}>
      {labels.length === 0 && <MenuLabel>{t("labels.none")}</MenuLabel>}
      {labels.map(({ id, name, color }) => (
        <MenuCheckItem key={id} stay checked={chosen.includes(name)} onCheck={(isOn) => toggle(name, isOn)}>
          <span className="flex items-center gap-2.5"><LabelDot color={color} />{name}</span>
        </MenuCheckItem>
      ))}
    </Menu>
  );
  return (
    <Section title={title} action={picker}>
      {chosen.length === 0 ? (
        <p className="text-sm text-ink-3">{t("labels.noneChosen")}</p>
      ) : (
        <ul className="flex flex-wrap gap-1.5">
          {chosen.map((name) => (
            <li key={name} className="flex h-6 items-center gap-1.5 rounded-full border border-line bg-sunken px-2 text-sm">
              <LabelDot color={colorOf(name)} />
              {name}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
