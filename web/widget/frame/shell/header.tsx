import { Avatar } from "./avatar.tsx";
import { useShell } from "./context.ts";
import { Icon } from "./icons.tsx";

const FACES_MAX = 3;

export function Header({ onClose }: { onClose: () => void }) {
  const { state, t } = useShell();
  const { config } = state;
  return (
    <header class="header">
      {config !== null && config.team.length > 0 && (
        <div class="faces" aria-hidden="true">
          {config.team.slice(0, FACES_MAX).map(({ name, avatar_url }) => (
            <Avatar key={name} name={name} url={avatar_url} />
          ))}
        </div>
      )}
      <div class="heading">
        <h1>{config?.title || t("chat")}</h1>
        {config !== null && (
          <p>
            <span class={config.online ? "dot online" : "dot"} />
            {config.subtitle || t(config.online ? "online" : "away")}
          </p>
        )}
      </div>
      <button type="button" class="icon-button" aria-label={t("close")} onClick={onClose}>
        <Icon name="close" />
      </button>
    </header>
  );
}
